/** Who asks, and the limits that hold for the organisation, as the API shows them. */
import type { AccountView, Principal } from '../contracts/account.ts';

/** Of what a service is set to. Sizes in bytes. */
export interface AccountSettings {
  retentionDays: number;
  limits: AccountView['uploadLimits'];
}

export const showAccount = (principal: Principal, { retentionDays, limits }: AccountSettings): AccountView => {
  const { uid, orgId, role, anonymous, email } = principal;
  const { pdfBytes, officeBytes, textBytes, otherBytes } = limits;
  return {
    uid,
    orgId,
    role,
    anonymous,
    ...(email === undefined ? {} : { email }),
    retentionDays,
    uploadLimits: { pdfBytes, officeBytes, textBytes, otherBytes },
  };
};
