export const USER = 'gateway_user';
export const PASSWORD = 'gateway_pass';
export const DATABASE = 'payment_gateway';
