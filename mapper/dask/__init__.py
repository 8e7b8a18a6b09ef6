"""The same stages on a Dask cluster: partitions of articles in, partitions of GeoParquet out, with a manifest.

Needs the extra ``dask``. ``mapper parse --scheduler`` is the same from the command line. Inputs and the output folder
are local paths or addresses that fsspec knows, and have to be reachable by all workers under the same name.
"""

from mapper.dask.partitions import PARTITION_BYTES, Partition, plan
from mapper.dask.run import MANIFEST, Report, parse

__all__ = ["MANIFEST", "PARTITION_BYTES", "Partition", "Report", "parse", "plan"]
