using System.IO.Compression;
using System.Text;
using PerfMarketing.Serialization;
using PerfMarketing.Tool.Logs;

namespace PerfMarketing.Tests.Tool.Logs;

/// <summary>Reads logs that a test writes down as text.</summary>
internal static class LogText
{
    /// <summary>The mapping of <c>docs/samples/journey-log</c>, without the order value.</summary>
    public const string Mapping = """
        {
          "at": { "column": "time" },
          "customer": { "column": "customer" },
          "partner": { "column": "channel" },
          "kind": { "column": "interaction", "values": { "impression": "impression", "conversion": "visit" } },
          "outcomes": [ { "when": { "column": "conversion", "is": ["1"], "isNot": ["0"] }, "kind": "sale" } ]
        }
        """;

    public static EventColumns Read(string name, string text, string? mapping = null) =>
        Read(name, Encoding.UTF8.GetBytes(text), mapping);

    public static EventColumns Read(string name, byte[] content, string? mapping = null)
    {
        string folder = Directory.CreateTempSubdirectory("perfmarketing").FullName;
        try
        {
            string path = Path.Combine(folder, name);
            File.WriteAllBytes(path, content);
            LogMapping? read = mapping is null ? null : TermJson.Parse(mapping, LogMapping.Read);
            return LogFile.ReadAll(path, read, progress: null, CancellationToken.None);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static byte[] Compress(string text)
    {
        using MemoryStream target = new();
        using (GZipStream compressed = new(target, CompressionLevel.Fastest))
        {
            compressed.Write(Encoding.UTF8.GetBytes(text));
        }

        return target.ToArray();
    }

    /// <summary>Everything that a log holds, as text, in an order of its own.</summary>
    public static string Describe(EventColumns log)
    {
        IEnumerable<string> touches = Enumerable.Range(0, log.Touches.Count)
            .Select(row => log.Touches.TouchpointOf(row).ToString()).Order(StringComparer.Ordinal);
        return string.Join('\n', touches.Concat(log.Events.Select(static e => e.Value.ToString()!)));
    }
}
