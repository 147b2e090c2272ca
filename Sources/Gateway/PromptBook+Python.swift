// The three prompts about Python, by the contract of mcp-python-interpreter.

internal import MCP

extension PromptBook {
    package static let python = PromptBook([function, refactoring, debugging])

    private static let function = Prompt(
        listing: PromptListing(
            name: "python_function_template", title: "Write a Python function",
            description: "Asks for a function with type hints, a docstring and error handling.",
            arguments: [
                PromptListing.Argument(
                    name: "description", description: "What the function should do.")
            ]),
        words: { argument in
            """
            Write a Python function. What it should do:

            \(fenced(argument("description"), as: "text"))

            Give it type hints for every parameter and for the result, and a docstring that says \
            what it takes, returns and raises. Check the arguments and handle the errors that can \
            happen. Comment only what the code can't say itself. Then run it on an ordinary case \
            and on an edge case, and show what came out.
            """
        })

    private static let refactoring = Prompt(
        listing: PromptListing(
            name: "refactor_python_code", title: "Refactor Python code",
            description: "Asks for a refactoring of a piece of Python, with an explanation.",
            arguments: [
                PromptListing.Argument(name: "code", description: "The code to refactor.")
            ]),
        words: { argument in
            """
            Refactor this Python code:

            \(fenced(argument("code"), as: "python"))

            Keep what it does, and say so if you find that it does something wrong. Make it \
            easier to read: good names, small functions, no repetition, the standard library \
            where it fits. Show the whole result, then explain each change and why it helps.
            """
        })

    private static let debugging = Prompt(
        listing: PromptListing(
            name: "debug_python_error", title: "Debug a Python error",
            description: "Asks what an error means, where it comes from, and how to fix it.",
            arguments: [
                PromptListing.Argument(name: "code", description: "The code that failed."),
                PromptListing.Argument(
                    name: "error_message", description: "The error, best with its traceback."),
            ]),
        words: { argument in
            """
            This Python code fails:

            \(fenced(argument("code"), as: "python"))

            With this error:

            \(fenced(argument("error_message"), as: "text"))

            Explain in plain words what the error means. Find the cause and name the line. Then \
            give the corrected code, other fixes if there are good ones, and how to keep the \
            error from coming back.
            """
        },
        proposals: ["error_message": exceptions])

    /// What a run that fails most often raises.
    private static let exceptions = [
        "ArithmeticError", "AssertionError", "AttributeError", "BlockingIOError",
        "BrokenPipeError", "EOFError", "FileExistsError", "FileNotFoundError",
        "FloatingPointError", "ImportError", "IndentationError", "IndexError",
        "IsADirectoryError", "KeyError", "KeyboardInterrupt", "LookupError", "MemoryError",
        "ModuleNotFoundError", "NameError", "NotADirectoryError", "NotImplementedError",
        "OSError", "OverflowError", "PermissionError", "RecursionError", "RuntimeError",
        "StopIteration", "SyntaxError", "SystemExit", "TabError", "TimeoutError", "TypeError",
        "UnboundLocalError", "UnicodeDecodeError", "UnicodeEncodeError", "ValueError",
        "ZeroDivisionError",
    ]
}
