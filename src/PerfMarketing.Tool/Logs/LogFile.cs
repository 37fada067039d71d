using System.IO.Compression;

namespace PerfMarketing.Tool.Logs;

/// <summary>Opens a log whatever its form: CSV or JSON lines, compressed or not.</summary>
/// <remarks>
/// Compression is told by the first two bytes, the form by the name (<c>.csv</c>, <c>.jsonl</c>, <c>.ndjson</c>, also
/// before
/// <c>.gz</c>) or, for other names, by whether the first byte is a brace.
/// </remarks>
internal sealed class LogFile : IDisposable
{
    private const int ProgressEvery = 8_192;

    private readonly string path;
    private readonly FileStream file;
    private readonly Stream content;
    private readonly LineReader lines;
    private readonly ILogReader reader;
    private long count;

    private LogFile(string path, FileStream file, LogMapping? mapping, LogTables tables, ILogSink sink)
    {
        this.path = path;
        this.file = file;
        content = Uncompressed(file);
        lines = new(content);
        reader = mapping is not null ? new MappedLog(path, Records(mapping.Separator), mapping, tables, sink)
            : IsJsonByName(path) ?? lines.StartsWith((byte)'{') ? new JsonLinesLog(lines, tables, sink)
            : new NativeCsvLog(path, Records(','), tables, sink);
    }

    /// <summary>The number of the line that was read last, from 1.</summary>
    public long Line => lines.Line;

    /// <summary>The content of a file, compressed or not.</summary>
    /// <param name="file">The file, at its beginning.</param>
    public static Stream Uncompressed(FileStream file) =>
        IsCompressed(file) ? new GZipStream(file, CompressionMode.Decompress) : file;

    /// <summary>Reads a whole log into memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mapping">How a foreign log's columns are read; null for the native form.</param>
    /// <param name="progress">Is told now and then how many bytes of how many were read.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="LogException">The log cannot be read at all.</exception>
    public static EventColumns ReadAll(
        string path, LogMapping? mapping, Action<long, long>? progress, CancellationToken cancel)
    {
        LogTables tables = new();
        EventColumns columns = new(tables);
        using LogFile log = Open(path, mapping, tables, columns);
        log.ReadToEnd(progress, cancel);
        columns.Freeze();
        return columns;
    }

    /// <summary>Opens a log.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mapping">How a foreign log's columns are read; null for the native form.</param>
    /// <param name="tables">Where customers and profiles are kept.</param>
    /// <param name="sink">What takes the events.</param>
    /// <exception cref="LogException">The log cannot be read at all.</exception>
    public static LogFile Open(string path, LogMapping? mapping, LogTables tables, ILogSink sink)
    {
        FileStream? file = null;
        try
        {
            file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            LogFile log = new(path, file, mapping, tables, sink);
            file = null;
            return log;
        }
        catch (Exception problem) when (IsUnreadable(problem))
        {
            throw Unreadable(path, problem);
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>Reads all that is left.</summary>
    /// <param name="progress">Is told now and then how many bytes of how many were read.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="LogException">The file is damaged, or holds more than is held at once.</exception>
    public void ReadToEnd(Action<long, long>? progress, CancellationToken cancel)
    {
        while (TryRead(progress))
        {
            if (count % ProgressEvery == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Reads the next line or record.</summary>
    /// <param name="progress">Is told now and then how many bytes of how many were read.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="LogException">The file is damaged, or holds more than is held at once.</exception>
    public bool TryRead(Action<long, long>? progress)
    {
        try
        {
            bool read = reader.Read();
            if (!read || ++count % ProgressEvery == 0)
            {
                progress?.Invoke(read ? file.Position : file.Length, file.Length);
            }

            return read;
        }
        catch (OverflowException full)
        {
            // No part of the file would be the truth.
            throw new LogException(path, RejectedLine.Of(lines.Line, 1, LogCodes.TooMany, full.Message, []));
        }
        catch (Exception problem) when (IsUnreadable(problem))
        {
            throw Unreadable(path, problem);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        content.Dispose();
        file.Dispose();
    }

    private static bool IsUnreadable(Exception problem) =>
        problem is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException;

    private static LogException Unreadable(string path, Exception problem) => new(
        path,
        RejectedLine.Of(1, 1, LogCodes.Unreadable, problem.Message, []));

    private static bool IsCompressed(FileStream file)
    {
        Span<byte> start = stackalloc byte[2];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return read == start.Length && start[0] == 0x1F && start[1] == 0x8B;
    }

    private static bool? IsJsonByName(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".CSV" => false,
            ".JSONL" or ".NDJSON" => true,
            _ => null,
        };
    }

    private CsvRecords Records(char separator) => new(lines, (byte)separator);
}
