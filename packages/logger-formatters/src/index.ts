export { text, textPlugin } from './text';
