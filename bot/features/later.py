"""Modules of features that load at their first use: a start does not pay for what few press."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Function:
    """A function of a module that is imported when it is first called."""

    __slots__ = ("module", "name")

    def __init__(self, module: str, name: str) -> None:
        self.module, self.name = module, name

    def found(self) -> Any:
        """The function itself; raises AttributeError where the module has none of this name."""
        return getattr(import_module(self.module), self.name)

    def __call__(self, *args: Any) -> Any:
        return self.found()(*args)


class Module:
    """A module by name; its attributes are taken for functions, which a test finds all."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, function: str) -> Function:
        return Function(self._name, function)


class Package:
    """A package by name; its attributes are its modules."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, module: str) -> Module:
        return Module(f"{self._name}.{module}")
