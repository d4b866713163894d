import { FILE_ERROR_CODES, FileError, type FileErrorCode } from '../errors';
import { type PlainError } from './messages';

/** An error of another thread, with the class and the code that it had there. */
export function toError({ message, code }: PlainError): Error {
  if (FILE_ERROR_CODES.includes(code as FileErrorCode)) return new FileError(code as FileErrorCode, message);
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}
