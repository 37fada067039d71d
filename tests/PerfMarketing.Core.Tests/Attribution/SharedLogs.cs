using System.IO.Compression;

namespace PerfMarketing.Tests.Attribution;

/// <summary>
/// Real logs that lie beside the repository; they are not part of it, so a clone without them is fine.
/// </summary>
internal static class SharedLogs
{
    /// <summary>The fields of every row after the heading; null when the file is not there.</summary>
    internal static string[][]? Rows(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PerfMarketing.Core.sln")))
        {
            folder = folder.Parent;
        }

        string path = Path.Combine(folder?.FullName ?? ".", "..", "shared", "data", "attribution", name);
        if (!File.Exists(path))
        {
            return null;
        }

        using GZipStream stream = new(File.OpenRead(path), CompressionMode.Decompress);
        using StreamReader reader = new(stream);
        string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Skip(1).Select(static l => l.Split(','))];
    }
}
