// Slips that types do not show. Names that exist nowhere are found by the type check.
import js from "@eslint/js";

export default [
  js.configs.recommended,
  {
    files: ["**/*.js"],
    // no newer words than an older telephone understands: nothing is built or translated
    languageOptions: {sourceType: "script", ecmaVersion: 2019},
    rules: {
      "no-undef": "off",
      // what a file lends to others stands at its top
      "no-unused-vars": ["error", {vars: "local", argsIgnorePattern: "^_"}],
      "no-var": "error",
      "prefer-const": "error",
      eqeqeq: "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      // text of people goes in as text
      "no-restricted-properties": ["error", ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({property}))],
      complexity: ["error", 15],
      "max-len": ["error", 150],
    },
  },
];
