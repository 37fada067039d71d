using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Logs;

/// <summary>
/// Reads a log of the native form as CSV: the same names as the JSON lines, for all that is not nested.
/// </summary>
/// <remarks>
/// <para>
/// Columns, of which only <c>type</c> and <c>at</c> are needed, in any order: type, id, at, recordedAt, customer,
/// partner, kind, channel, sequence, value, quantity, orderId, parent, touch, outcome, correction, amount, replaces,
/// note, isTest, and <c>facts.</c> with a fact's name. An empty cell is an absent term. Order lines and verdicts need
/// JSON lines.
/// </para>
/// <para>A fact's cell that is a plain number or true or false is one; anything else is a text.</para>
/// </remarks>
internal sealed class NativeCsvLog : ILogReader
{
    private const string FactPrefix = "facts.";
    private static readonly HashSet<string> Numbers = new(["sequence", "quantity"], StringComparer.Ordinal);
    private static readonly HashSet<string> Texts = new(
        [
            "type", "id", "at", "recordedAt", "customer", "partner", "kind", "channel", "value", "orderId", "parent",
            "touch", "outcome", "correction", "amount", "replaces", "reason", "note",
        ],
        StringComparer.Ordinal);

    private readonly CsvRecords records;
    private readonly ILogSink sink;
    private readonly NativeEvents events;
    private readonly Cell[] cells;

    /// <summary>Reads the header.</summary>
    /// <exception cref="LogException">There is none, or a column is unknown or missing.</exception>
    public NativeCsvLog(string file, CsvRecords records, LogTables tables, ILogSink sink)
    {
        this.records = records;
        this.sink = sink;
        events = new(tables, sink);
        CsvHeader header = CsvHeader.Read(file, records);
        cells = [.. header.Names.Select(static name => new Cell(name, FormOf(name)))];
        foreach (Cell unknown in cells.Where(static cell => cell.Form == CellForm.Unknown))
        {
            header.NoteUnknown(unknown.Name);
        }

        header.Find("type", isNeeded: true);
        header.Find("at", isNeeded: true);
        header.Close();
    }

    private enum CellForm
    {
        Unknown,
        Text,
        Number,
        Flag,
        Fact,
    }

    /// <inheritdoc/>
    public bool Read()
    {
        if (!records.Read())
        {
            return false;
        }

        if (records.Problem is null && records.Count != cells.Length)
        {
            records.Reject(0, LogCodes.CellCount, $"The line has {records.Count} cells, the header {cells.Length}.");
        }

        if (records.Problem is null)
        {
            sink.Line(records.Line);
            TermFailures failures = [];
            events.Take(ToNode(), failures);
            if (!failures.IsEmpty)
            {
                TermFailure first = failures.First();
                records.Reject(ColumnOf(first), first.Code, JsonLinesLog.Describe(failures));
            }
        }

        if (records.Problem is { } problem)
        {
            sink.Reject(problem);
        }

        return true;
    }

    private TermNode ToNode()
    {
        List<string> names = new(cells.Length);
        List<TermNode> items = new(cells.Length);
        List<string> factNames = [];
        List<TermNode> factItems = [];
        for (int i = 0; i < cells.Length; i++)
        {
            string text = records.Text(i);
            if (text.Length == 0)
            {
                continue;
            }

            bool isFact = cells[i].Form == CellForm.Fact;
            (isFact ? factNames : names).Add(isFact ? cells[i].Name[FactPrefix.Length..] : cells[i].Name);
            (isFact ? factItems : items).Add(ToNode(text, cells[i].Form).At((int)records.Line, records.ColumnOf(i)));
        }

        if (factNames.Count > 0)
        {
            names.Add("facts");
            items.Add(TermNode.OfObject(factNames.ToValueList(), factItems.ToValueList()));
        }

        return TermNode.OfObject(names.ToValueList(), items.ToValueList());
    }

    private static TermNode ToNode(string text, CellForm form) => form switch
    {
        CellForm.Number => TermNode.OfNumber(text),
        CellForm.Flag or CellForm.Fact when text is "true" or "false" => TermNode.OfFlag(text == "true"),
        CellForm.Fact when IsPlainNumber(text) => TermNode.OfNumber(text),
        _ => TermNode.OfText(text),
    };

    private static bool IsPlainNumber(string text) =>
        decimal.TryParse(
            text,
            System.Globalization.NumberStyles.AllowLeadingSign | System.Globalization.NumberStyles.AllowDecimalPoint,
            System.Globalization.CultureInfo.InvariantCulture,
            out _)
        && char.IsAsciiDigit(text[^1]) && char.IsAsciiDigit(text[0] == '-' ? text[1] : text[0]);

    private static CellForm FormOf(string name) =>
        Texts.Contains(name) ? CellForm.Text
        : Numbers.Contains(name) ? CellForm.Number
        : name == "isTest" ? CellForm.Flag
        : name.StartsWith(FactPrefix, StringComparison.Ordinal) && name.Length > FactPrefix.Length ? CellForm.Fact
        : CellForm.Unknown;

    private int ColumnOf(TermFailure failure)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            if (failure.Path.EndsWith("." + cells[i].Name, StringComparison.Ordinal))
            {
                return records.ColumnOf(i);
            }
        }

        return failure.Column;
    }

    private readonly record struct Cell(string Name, CellForm Form);
}
