namespace PerfMarketing.Tool.Logs;

/// <summary>The columns of a CSV log by their names.</summary>
internal sealed class CsvHeader
{
    private readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);
    private readonly List<RejectedLine> problems = [];
    private readonly string file;
    private readonly byte[] raw;

    private CsvHeader(string file, byte[] raw, int count)
    {
        this.file = file;
        this.raw = raw;
        Count = count;
    }

    /// <summary>How many columns there are.</summary>
    public int Count { get; }

    /// <summary>The names of all columns, in their order.</summary>
    public IEnumerable<string> Names => columns.Keys;

    /// <summary>Reads the header.</summary>
    /// <param name="file">The log's name.</param>
    /// <param name="records">The log, before its first record.</param>
    /// <exception cref="LogException">There is no header.</exception>
    public static CsvHeader Read(string file, CsvRecords records)
    {
        if (!records.Read())
        {
            throw new LogException(file, RejectedLine.Of(1, 1, LogCodes.Empty, "The log is empty.", []));
        }

        if (records.Problem is { } problem)
        {
            throw new LogException(file, problem);
        }

        CsvHeader header = new(file, records.Raw.ToArray(), records.Count);
        for (int i = 0; i < records.Count; i++)
        {
            string name = records.Text(i);
            if (name.Length == 0)
            {
                header.Note(records.ColumnOf(i), LogCodes.HeaderMissing, "A column has no name in the first line.");
            }
            else if (!header.columns.TryAdd(name, i))
            {
                header.Note(records.ColumnOf(i), LogCodes.ColumnTwice, $"The column '{Excerpt(name)}' stands twice.");
            }
        }

        return header;
    }

    /// <summary>The place of a column, or −1; a needed one that is not there is noted.</summary>
    /// <param name="name">The column's name; null means none is wanted.</param>
    /// <param name="isNeeded">Whether its absence is a problem.</param>
    public int Find(string? name, bool isNeeded = false)
    {
        if (name is null)
        {
            return -1;
        }

        if (columns.TryGetValue(name, out int place))
        {
            return place;
        }

        if (isNeeded)
        {
            string known = string.Join(", ", columns.Keys.Take(20).Select(Excerpt));
            Note(1, LogCodes.ColumnMissing, $"There is no column '{Excerpt(name)}'. There are: {known}.");
        }

        return -1;
    }

    /// <summary>Notes a column that nothing reads.</summary>
    /// <param name="name">The column's name.</param>
    public void NoteUnknown(string name) =>
        Note(1, LogCodes.ColumnUnknown, $"Nothing reads a column named '{Excerpt(name)}'.");

    /// <summary>Ends the reading of the header.</summary>
    /// <exception cref="LogException">Something was noted; it carries all.</exception>
    public void Close()
    {
        if (problems.Count > 0)
        {
            throw new LogException(file, problems);
        }
    }

    private void Note(int column, string code, string reason) =>
        problems.Add(RejectedLine.Of(1, column, code, reason, raw));

    private static string Excerpt(string text) => text.Length <= 64 ? text : string.Concat(text.AsSpan(0, 64), "…");
}
