export { type Claim, type ClaimOptions, type ClaimValue, checkClaim } from "./claim.ts";
export { type CheckedDerivation, checkDerivation, type DerivationOptions, type Step } from "./derivation.ts";
export { compareExpressions, type Identity } from "./identity.ts";
export { ClaimError, claim } from "./showClaim.ts";
export { derive } from "./showDerivation.ts";
export { showTable, type Table } from "./showTable.ts";
