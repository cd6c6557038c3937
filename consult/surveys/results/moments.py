"""Mean and spread of numbers, added one by one or part by part."""

import math
from dataclasses import dataclass


@dataclass
class Moments:
    """How many numbers, their mean, and the sum of their squared distances to it.

    Chan, Golub and LeVeque, "Algorithms for computing the sample variance" (1983), eq. 1.5: no
    precision is lost, as it is with sums of squares.
    """

    count: int = 0
    mean: float = 0.0
    squares: float = 0.0

    def add(self, value: float) -> None:
        self.merge(Moments(1, value))

    def merge(self, other: "Moments") -> None:
        """Takes in the numbers that ``other`` sums up."""
        count = self.count + other.count
        if not count:
            return
        apart = other.mean - self.mean
        self.squares += other.squares + apart**2 * self.count * other.count / count
        self.mean += apart * other.count / count
        self.count = count

    @property
    def deviation(self) -> float | None:
        """The sample's standard deviation (n − 1); None for fewer than two numbers."""
        return math.sqrt(self.squares / (self.count - 1)) if self.count > 1 else None

    def as_list(self) -> list[float]:
        return [self.count, self.mean, self.squares]
