export { type Claim, type ClaimOptions, type ClaimValue, checkClaim } from "./claim.ts";
export { ClaimError, claim } from "./showClaim.ts";
