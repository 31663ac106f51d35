export function writeModelModule(target: string, packageName: string, id: string, parts: Record<string, Buffer>): void;
