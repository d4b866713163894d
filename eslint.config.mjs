import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const tests = ['**/*.test.ts'];

const namedExportsOnly = [
  { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
  { selector: 'ExportSpecifier[exported.name="default"]', message: 'Named exports only.' },
  { selector: 'TSExportAssignment', message: 'Named exports only.' },
  { selector: 'ExportAllDeclaration', message: 'List the names: `export *` hides what is public.' },
];

const hashPrivate = {
  selector: ':matches(PropertyDefinition, MethodDefinition, TSParameterProperty)[accessibility="private"]',
  message: 'Private members are #private.',
};

// Files that a tool loads by its own convention and that therefore must export by default.
const toolConfiguration = ['**/*.config.mjs'];

export default defineConfig(
  // The fixture breaks the import rules on purpose, and the TypeScript consumer is compiled from a temporary folder.
  globalIgnores([
    '**/dist/',
    '**/coverage/',
    '.nx/',
    'docs/api/',
    'tools/boundaries/fixture/',
    'tools/packaging/consumers/typescript/',
  ]),
  js.configs.recommended,
  {
    rules: {
      'max-lines': ['error', { max: 200 }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      eqeqeq: 'error',
      // Encoders look for control characters: that is their work.
      'no-control-regex': 'off',
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-restricted-syntax': ['error', ...namedExportsOnly, hashPrivate],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/restrict-plus-operands': ['error', { allowNumberAndString: true }],
      // Interfaces with promises in them have implementations that need none.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      // winston's typings say `import * as` of a class, which the compiler clones: every transport would be reported.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    files: tests,
    rules: {
      'max-lines': ['error', { max: 400 }],
      // Tests read back what JSON.parse gives them, and hand in what no type allows.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.{mjs,cjs,js}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          ...['process', 'console', 'Buffer', 'URL', 'performance', 'structuredClone', 'queueMicrotask'],
          ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'],
          ...['AbortController', 'AbortSignal', 'TextEncoder', 'TextDecoder', 'SharedArrayBuffer', 'Atomics', 'fetch'],
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: { 'no-restricted-syntax': ['error', ...namedExportsOnly] },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { require: 'readonly', module: 'writable', __dirname: 'readonly' },
    },
  },
  { files: toolConfiguration, rules: { 'no-restricted-syntax': 'off' } },
);
