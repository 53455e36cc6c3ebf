/**
 * How long a claim is good for. Longer than any foreign call's deadline, so that a living worker is never overtaken;
 * short enough that a killed worker's rows are taken up again within a few seconds.
 */
export const leaseMs = 10_000;

/** The deadline of every foreign call made under a lease. Leaves the rest of the lease to write the result. */
export const foreignCallDeadlineMs = 5_000;
