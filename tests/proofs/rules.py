"""One rule of our own code taken out while a test runs: an expression of a function is replaced by another."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType, FunctionType, ModuleType


@dataclass(frozen=True)
class Rule:
    """``what`` is the expression in ``function`` that is replaced by ``instead``, everywhere in it."""

    function: FunctionType
    what: str
    instead: str

    def __str__(self) -> str:
        return f"{self.function.__module__}.{self.function.__qualname__}: {self.what}"

    @contextmanager
    def taken_out(self) -> Iterator[None]:
        """The function without the rule; whoever has imported it has it so too."""
        whole = self.function.__code__
        self.function.__code__ = without(self)
        try:
            yield
        finally:
            self.function.__code__ = whole


def guards(module: ModuleType) -> Iterator[Rule]:
    """Each reason for which a function of this module refuses."""
    for function in functions(module):
        for node in ast.walk(_tree(function)):
            if isinstance(node, ast.If) and isinstance(node.body[0], ast.Raise):
                yield from (Rule(function, ast.unparse(reason), "False") for reason in _reasons(node.test))


def calls(module: ModuleType, method: str) -> Iterator[Rule]:
    """Each call of a method that answers yes or no, taken for a yes."""
    for function in functions(module):
        found = {ast.unparse(node) for node in ast.walk(_tree(function)) if _is_call(node, method)}
        yield from (Rule(function, text, "True") for text in sorted(found))


def functions(module: ModuleType) -> list[FunctionType]:
    """The functions that a module defines itself."""
    every = (each for each in vars(module).values() if isinstance(each, FunctionType))
    return [each for each in every if each.__module__ == module.__name__]


def _reasons(test: ast.expr) -> list[ast.expr]:
    return test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or) else [test]


def _is_call(node: ast.AST, method: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method


def _tree(function: FunctionType) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def without(rule: Rule) -> CodeType:
    """The function's code with the expression replaced."""
    tree = _tree(rule.function)
    defined = tree.body[0]
    assert isinstance(defined, ast.FunctionDef | ast.AsyncFunctionDef)
    defined.decorator_list = []
    replacing = _Replacing(rule.what, rule.instead)
    replacing.visit(tree)
    assert replacing.times, f"the rule is not there any more: {rule}"
    names = dict(rule.function.__globals__)
    exec(compile(ast.fix_missing_locations(tree), inspect.getfile(rule.function), "exec"), names)
    code: CodeType = names[defined.name].__code__
    return code


class _Replacing(ast.NodeTransformer):
    def __init__(self, what: str, instead: str) -> None:
        self._what = what
        self._instead = ast.parse(instead, mode="eval").body
        self.times = 0

    def visit(self, node: ast.AST) -> ast.AST:
        if isinstance(node, ast.expr) and ast.unparse(node) == self._what:
            self.times += 1
            return self._instead
        changed: ast.AST = super().visit(node)
        return changed
