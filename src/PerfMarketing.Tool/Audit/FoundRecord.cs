using NodaTime;
using PerfMarketing.Integrity;

namespace PerfMarketing.Tool.Audit;

/// <summary>A record as it stands in a file of the folder.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Content">The digest of what stands there.</param>
/// <param name="At">When it was decided or received.</param>
internal readonly record struct FoundRecord(string File, int Line, Digest Content, Instant At);
