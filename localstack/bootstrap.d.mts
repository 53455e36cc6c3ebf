export function findPackagedNode(root: string): string | undefined;
export function reasonToInstall(root: string, runningMajor?: number): string | undefined;
export function writeStamp(root: string): void;
