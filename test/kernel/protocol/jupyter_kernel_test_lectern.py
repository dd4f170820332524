"""The kernel under Jupyter's own test suite; run by jupyter.test.ts, which registers the kernel first."""

import unittest

import jupyter_kernel_test


class LecternTests(jupyter_kernel_test.KernelTests):
    kernel_name = "lectern"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oh')"
    completion_samples = [
        {"text": "Number.isSafe", "matches": {"isSafeInteger"}},
        {"text": "const 一 = '😀'; Number.isSafe", "matches": {"isSafeInteger"}},
    ]
    complete_code_samples = ["1", "const a = 1", "const a = 1;", "function f() { return 1; }", "`a${1}`"]
    incomplete_code_samples = ["function f() {", "`a${", "[1,", "class A {"]
    invalid_code_samples = ["let =", "let 1 = 2;", "}", "a b c"]
    code_generate_error = "throw new Error('no')"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "'a' + 'b'", "result": "'ab'"},
        {"code": "[1, 2, 3].map(x => x ** 2)", "result": "[ 1, 4, 9 ]"},
        {
            "code": "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>x</b>' }) })",
            "mime": "text/html",
            "result": "<b>x</b>",
        },
    ]
    code_display_data = [
        {"code": "import * as tslab from 'tslab'; tslab.display.html('<b>b</b>')", "mime": "text/html"},
        {"code": "import * as tslab from 'tslab'; tslab.display.png(new Uint8Array([137, 80]))", "mime": "image/png"},
    ]
    code_history_pattern = "6 ?*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "parseInt"
    code_clear_output = "(globalThis as any)[Symbol.for('lectern.clear')]()"


class LecternWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "lectern"
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main()
