"""The plot of how a roster's cost grows."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

FILE = Path(__file__).parents[1] / "results" / "roster.svg"


def draw(rows: Sequence[Mapping[str, float]], file: Path = FILE) -> None:
    """Four pictures over the number of workers."""
    # Text as text, and nothing that differs where the figures are the same.
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "roster", "font.size": 9})
    workers = [row["workers"] for row in rows]
    figure = Figure(figsize=(8, 5.5), layout="constrained")
    axes = figure.subplots(2, 2)
    pictures = {
        "seconds": {name: [row[name] for row in rows] for name in ("up", "work", "refresh", "preview")},
        "calls a worker": {
            "up": [row["calls"] / row["workers"] for row in rows],
            "refresh": [row["calls of a refresh"] / row["workers"] for row in rows],
        },
        "peak memory, MiB": {
            name: [row[f"memory of the {name}"] for row in rows]
            for name in ("plugin", "program", "engine")
            if f"memory of the {name}" in rows[0]
        },
        "bytes of state a worker": {
            "before encryption": [row["state"] / row["workers"] for row in rows],
            "as stored": [row["stored state"] / row["workers"] for row in rows],
        },
    }
    for axis, (title, lines) in zip(axes.flat, pictures.items(), strict=True):
        for name, values in lines.items():
            axis.plot(workers, values, marker="o", markersize=4, label=name)
        axis.set(title=title, xscale="log", xticks=workers, xticklabels=[f"{count:,}" for count in workers])
        if title == "seconds":
            proportion = [rows[-1]["work"] * count / workers[-1] for count in workers]
            axis.plot(workers, proportion, color="grey", linestyle=":", label="in proportion")
            axis.set_yscale("log")
            axis.yaxis.set_major_formatter("{x:g}")
        else:
            axis.set_ylim(0, 1.1 * axis.get_ylim()[1])
        axis.minorticks_off()
        axis.grid(visible=True, alpha=0.3)
        axis.legend(frameon=False, fontsize=8)
    for axis in axes[1]:
        axis.set_xlabel("workers")
    file.parent.mkdir(exist_ok=True)
    figure.savefig(file, metadata={"Date": None})
