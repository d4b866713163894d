/** Everyone who can rotate does so at ten MiB and keeps all files, so that the lines can be counted. */
export const maxBytes = 10 * 1024 * 1024;
export const keptFiles = 1000;
