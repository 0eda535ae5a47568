"""Roles as files: built-in profiles and job posts written out for correction by hand, in one YAML form."""

from matcher.role_file.files import builtin_roles, load_role
from matcher.role_file.tree import (
    DEEPER,
    EDUCATION,
    KINDS,
    LEAF_KEYS,
    NEEDS,
    ROLE_KEYS,
    SIGNALS,
    RoleError,
    node_from_data,
    node_to_data,
    role_from_data,
    role_to_data,
)
from matcher.role_file.written import dump_role

__all__ = [
    "DEEPER",
    "EDUCATION",
    "KINDS",
    "LEAF_KEYS",
    "NEEDS",
    "ROLE_KEYS",
    "SIGNALS",
    "RoleError",
    "builtin_roles",
    "dump_role",
    "load_role",
    "node_from_data",
    "node_to_data",
    "role_from_data",
    "role_to_data",
]
