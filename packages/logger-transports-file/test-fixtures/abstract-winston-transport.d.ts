/** The suite that winston's authors wrote for transports; it comes without types. */
declare module 'abstract-winston-transport';
