namespace PerfMarketing.Tool.Logs;

/// <summary>The codes of what can be wrong with a log and its lines.</summary>
/// <remarks>A line of JSON may also have the <c>terms.*</c> and <c>event.*</c> codes of what it holds.</remarks>
internal static class LogCodes
{
    /// <summary>The file cannot be opened or read, or its compression is damaged.</summary>
    public const string Unreadable = "log.unreadable";

    /// <summary>The log holds nothing at all.</summary>
    public const string Empty = "log.empty";

    /// <summary>No line of the log can be used.</summary>
    public const string Unusable = "log.unusable";

    /// <summary>The first line of a CSV log does not name its columns.</summary>
    public const string HeaderMissing = "log.header-missing";

    /// <summary>A column has a name that nothing reads.</summary>
    public const string ColumnUnknown = "log.column-unknown";

    /// <summary>A column that is needed is not there.</summary>
    public const string ColumnMissing = "log.column-missing";

    /// <summary>Two columns have one name.</summary>
    public const string ColumnTwice = "log.column-twice";

    /// <summary>There are more touchpoints, or more other events, than are held at once.</summary>
    public const string TooMany = "log.too-many";

    /// <summary>A log that was said to be sorted is not.</summary>
    public const string NotSorted = "log.not-sorted";

    /// <summary>A line is longer than is read.</summary>
    public const string LineTooLong = "log.line-too-long";

    /// <summary>A line is not valid UTF-8.</summary>
    public const string Encoding = "log.encoding";

    /// <summary>A quotation mark is never closed, or stands inside a cell without being doubled.</summary>
    public const string Quotes = "log.quotes";

    /// <summary>A line has more or fewer cells than the header.</summary>
    public const string CellCount = "log.cell-count";

    /// <summary>The kind of event is none of touch, outcome, evidence and correction.</summary>
    public const string Type = "log.type";

    /// <summary>A cell that is needed is empty.</summary>
    public const string CellMissing = "log.cell-missing";

    /// <summary>A cell cannot be read as what its column holds.</summary>
    public const string CellMalformed = "log.cell-malformed";

    /// <summary>A cell's text is not among the values that the mapping lists.</summary>
    public const string Unmapped = "log.unmapped";

    /// <summary>An outcome comes again under its id and says something else.</summary>
    public const string Conflict = "log.id-conflict";
}
