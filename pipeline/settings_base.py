"""What every section of config.yaml is made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

DomainName = Annotated[
    str, Field(pattern=r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$")
]
Address = Annotated[str, Field(pattern=r"^[a-z0-9.!#$%&'*+/=?^_{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$")]


class Section(BaseModel):
    # An unknown key is a typing error whose setting would silently not count.
    model_config = ConfigDict(extra="forbid", frozen=True)
