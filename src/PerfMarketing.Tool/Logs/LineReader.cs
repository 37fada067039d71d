namespace PerfMarketing.Tool.Logs;

/// <summary>
/// Reads a stream line by line as bytes, with a bound on the line, and can take more lines into a record.
/// </summary>
/// <remarks>
/// Lines end in LF or CR LF; the last may end without. A byte order mark at the very beginning is passed over.
/// </remarks>
internal sealed class LineReader(Stream stream)
{
    /// <summary>The most bytes of a line, and of a record of several lines: 1 MiB.</summary>
    public const int LengthMax = 1024 * 1024;

    // A byte order mark and some white space.
    private const int StartLength = 64;

    private byte[] buffer = new byte[128 * 1024];
    private int filled;
    private int start;
    private int end;
    private int next;
    private int firstEnd;
    private int firstNext;
    private int lines;
    private bool atStart = true;
    private bool exhausted;

    /// <summary>The number of the record's first line, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Whether the line is longer than is read; then only its beginning is here.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>The bytes of the record, without its line break; valid until the next call.</summary>
    public ReadOnlySpan<byte> Current => buffer.AsSpan(start, end - start);

    /// <summary>
    /// Whether the first byte that is not white space is the given one; asked before the first line is read.
    /// </summary>
    /// <param name="first">The byte.</param>
    public bool StartsWith(byte first)
    {
        while (filled < StartLength && Fill())
        {
        }

        ReadOnlySpan<byte> start = buffer.AsSpan(0, filled);
        start = start.StartsWith("\uFEFF"u8) ? start[3..] : start;
        start = start.TrimStart(" \t\r\n"u8);
        return !start.IsEmpty && start[0] == first;
    }

    /// <summary>Goes on to the next line.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Read()
    {
        Line += lines;
        lines = 0;
        start = next;
        IsTooLong = false;
        if (!Append())
        {
            return false;
        }

        if (atStart && Current.StartsWith("\uFEFF"u8))
        {
            start += 3;
        }

        atStart = false;
        firstEnd = end - start;
        firstNext = next - start;
        return true;
    }

    /// <summary>Takes one more line into the record, with the line break before it.</summary>
    /// <returns>Whether there was one and the record is not too long with it.</returns>
    public bool Extend() => !IsTooLong && Append();

    /// <summary>Drops all lines of the record but the first; they are read again as lines of their own.</summary>
    public void KeepFirstLine()
    {
        if (lines > 1)
        {
            end = start + firstEnd;
            next = start + firstNext;
            lines = 1;
        }
    }

    private bool Append()
    {
        int searched = next;
        while (true)
        {
            int found = buffer.AsSpan(searched, filled - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                int lineBreak = searched + found;
                return TakeLine(lineBreak, lineBreak + 1);
            }

            searched = filled;
            if (filled - start > LengthMax)
            {
                return lines == 0 && SkipLine();
            }

            int moved = start;
            if (!Fill())
            {
                return filled > next && TakeLine(filled, filled);
            }

            searched -= moved - start;
        }
    }

    private bool TakeLine(int lineEnd, int lineNext)
    {
        if (lineEnd - start > LengthMax && lines > 0)
        {
            return false;
        }

        IsTooLong = lineEnd - start > LengthMax;
        end = lineEnd > next && lineNext > lineEnd && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        next = lineNext;
        lines++;
        return true;
    }

    // The beginning stays for the report, the rest of the line is read and forgotten.
    private bool SkipLine()
    {
        IsTooLong = true;
        int keep = start + LengthMax;
        end = keep;
        lines = 1;
        while (true)
        {
            int found = buffer.AsSpan(keep, filled - keep).IndexOf((byte)'\n');
            if (found >= 0)
            {
                next = keep + found + 1;
                return true;
            }

            filled = keep;
            int moved = start;
            if (!Fill())
            {
                next = filled;
                return true;
            }

            keep -= moved - start;
            end = keep;
        }
    }

    /// <summary>Reads more bytes behind the filled ones; what stands before the record gives way.</summary>
    private bool Fill()
    {
        if (exhausted)
        {
            return false;
        }

        if (start > 0)
        {
            Buffer.BlockCopy(buffer, start, buffer, 0, filled - start);
            (filled, end, next, start) = (filled - start, end - start, next - start, 0);
        }

        if (filled == buffer.Length)
        {
            Array.Resize(ref buffer, 2 * buffer.Length);
        }

        int read = stream.Read(buffer, filled, buffer.Length - filled);
        filled += read;
        exhausted = read == 0;
        return !exhausted;
    }
}
