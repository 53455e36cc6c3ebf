const rupees = new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR' });

export const formatMinor = (minor) => rupees.format(minor / 100);
