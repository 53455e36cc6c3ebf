import type { FrameLocator, Locator, Page } from 'playwright-core';

export const visa = '4111111111111111';
export const declinedCard = '4000000000000002';
export const cvv = '737';

/** The checkout as a shopper meets it, as a page or in its frame, by the test ids of the contract. */
export class CheckoutScreen {
  readonly at: Page | FrameLocator;

  constructor(at: Page | FrameLocator) {
    this.at = at;
  }

  get = (testId: string): Locator => this.at.getByTestId(testId);
  pay = (form: 'upi-form' | 'card-form'): Locator => this.get(form).getByTestId('pay-button');

  async fillUpi(vpa: string): Promise<void> {
    await this.get('method-upi').click();
    await this.get('vpa-input').fill(vpa);
  }

  async fillCard(number = visa): Promise<void> {
    await this.get('method-card').click();
    await this.get('card-number-input').fill(number);
    await this.get('expiry-input').fill('12/34');
    await this.get('cvv-input').fill(cvv);
    await this.get('cardholder-name-input').fill('Asha Rao');
  }

  async payByUpi(vpa = 'success@test'): Promise<void> {
    await this.fillUpi(vpa);
    await this.pay('upi-form').click();
  }

  async payByCard(number = visa): Promise<void> {
    await this.fillCard(number);
    await this.pay('card-form').click();
  }

  /** @returns the text of the screen that is waited for, once it is there. */
  async reads(testId: string): Promise<string> {
    await this.get(testId).waitFor();
    return (await this.get(testId).innerText()).trim();
  }
}
