using System.Text;

namespace PerfMarketing.Tool.Logs;

/// <summary>A <see cref="CellSource"/> whose column was found in a header.</summary>
internal sealed class BoundCell
{
    private readonly CellSource source;

    private BoundCell(CellSource source, int column)
    {
        this.source = source;
        Column = column;
    }

    /// <summary>The place of the column; −1 for a constant.</summary>
    public int Column { get; }

    /// <summary>Whether the cell's text is the value itself.</summary>
    public bool IsPlain => Column >= 0 && source.Values.Count == 0;

    /// <summary>Finds a source's column; null stays null.</summary>
    /// <param name="source">The source.</param>
    /// <param name="header">Where to look.</param>
    public static BoundCell? Of(CellSource? source, CsvHeader header) =>
        source is null ? null : new(source, header.Find(source.Column, isNeeded: true));

    /// <summary>The value of a row; empty when the cell is.</summary>
    /// <param name="records">The row.</param>
    /// <returns>The value; null, and the row rejected, when the mapping does not list the cell's text.</returns>
    public string? Read(CsvRecords records)
    {
        if (Column < 0)
        {
            return source.Constant;
        }

        string cell = records.Text(Column);
        string? value = source.Resolve(cell);
        if (value is null)
        {
            Reject(records, LogCodes.Unmapped, $"The mapping does not say what '{Excerpt(cell)}' means.");
        }

        return value;
    }

    /// <summary>The value of a row that must not be empty.</summary>
    /// <param name="records">The row.</param>
    /// <returns>The value; null, and the row rejected, when there is none.</returns>
    public string? ReadNeeded(CsvRecords records)
    {
        string? value = Read(records);
        if (value is { Length: 0 })
        {
            Reject(records, LogCodes.CellMissing, $"The column '{source.Column}' is empty.");
            return null;
        }

        return value;
    }

    /// <summary>Rejects a row for this cell.</summary>
    /// <param name="records">The row.</param>
    /// <param name="code">The stable code.</param>
    /// <param name="reason">What is wrong.</param>
    public void Reject(CsvRecords records, string code, string reason) =>
        records.Reject(Column < 0 ? 0 : records.ColumnOf(Column), code, reason);

    /// <summary>Rejects a row because this cell is not what its column holds.</summary>
    /// <param name="records">The row.</param>
    /// <param name="what">What the column holds, such as an instant.</param>
    public void RejectMalformed(CsvRecords records, string what)
    {
        string text = Column < 0 ? source.Constant ?? string.Empty : records.Text(Column);
        Reject(records, LogCodes.CellMalformed, $"'{Excerpt(text)}' is not {what}.");
    }

    private static string Excerpt(string text) => text.Length <= 64 ? text : string.Concat(text.AsSpan(0, 64), "…");
}

/// <summary>A <see cref="RowTest"/> whose column was found in a header; it compares bytes.</summary>
internal sealed class BoundTest
{
    private readonly RowTest test;
    private readonly int column;
    private readonly byte[][] isTexts;
    private readonly byte[][] isNotTexts;

    private BoundTest(RowTest test, int column)
    {
        this.test = test;
        this.column = column;
        isTexts = [.. test.Is.Select(Encoding.UTF8.GetBytes)];
        isNotTexts = [.. test.IsNot.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Finds a test's column; null stays null.</summary>
    /// <param name="test">The test.</param>
    /// <param name="header">Where to look.</param>
    public static BoundTest? Of(RowTest? test, CsvHeader header) =>
        test is null ? null : new(test, header.Find(test.Column, isNeeded: true));

    /// <summary>Whether a row is meant; a text that the mapping does not list rejects the row.</summary>
    /// <param name="records">The row.</param>
    public bool Holds(CsvRecords records)
    {
        ReadOnlySpan<byte> cell = records[column];
        if (Contains(isTexts, cell))
        {
            return true;
        }

        if (isNotTexts.Length > 0 && !Contains(isNotTexts, cell))
        {
            string reason = $"The column '{test.Column}' holds a text that the mapping lists neither way.";
            records.Reject(records.ColumnOf(column), LogCodes.Unmapped, reason);
        }

        return false;
    }

    private static bool Contains(byte[][] texts, ReadOnlySpan<byte> cell)
    {
        foreach (byte[] text in texts)
        {
            if (cell.SequenceEqual(text))
            {
                return true;
            }
        }

        return false;
    }
}
