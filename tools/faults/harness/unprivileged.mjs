/** Command prefix for a child that has to respect file permissions: root does not. */
export function asNobody() {
  if (process.getuid() !== 0) return [];
  return ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];
}
