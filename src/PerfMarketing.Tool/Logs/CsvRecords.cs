using System.Text;
using System.Text.Unicode;

namespace PerfMarketing.Tool.Logs;

/// <summary>
/// Reads CSV by RFC 4180: cells in quotation marks may hold separators, line breaks and doubled marks.
/// </summary>
/// <remarks>
/// Ours, because a log must survive its bad lines: the readers there are take everything up to the end of the file into
/// one cell when a quotation mark is never closed, or cannot go on after a record that is too long. Here such a line is
/// rejected and reading goes on with the next one.
/// </remarks>
internal sealed class CsvRecords(LineReader lines, byte separator = (byte)',')
{
    private readonly List<Cell> cells = [];
    private byte[] scratch = new byte[256];
    private int position;
    private int cellStart;
    private bool doubled;
    private State state;

    private enum State
    {
        CellStart,
        Plain,
        Quoted,
        QuoteInQuoted,
        Broken,
    }

    /// <summary>How many cells the record has.</summary>
    public int Count => cells.Count;

    /// <summary>The number of the record's first line, from 1.</summary>
    public long Line => lines.Line;

    /// <summary>The record as it stands in the log.</summary>
    public ReadOnlySpan<byte> Raw => lines.Current;

    /// <summary>What is wrong with the record; null when its cells can be used.</summary>
    public RejectedLine? Problem { get; private set; }

    /// <summary>Goes on to the next record; empty lines are passed over.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Read()
    {
        Problem = null;
        do
        {
            if (!lines.Read())
            {
                return false;
            }
        }
        while (lines.Current.IsEmpty);

        cells.Clear();
        (position, cellStart, state) = (0, 0, State.CellStart);
        if (lines.IsTooLong)
        {
            Reject(0, LogCodes.LineTooLong, $"The line is longer than {LineReader.LengthMax} bytes.");
            return true;
        }

        Scan();
        while (state == State.Quoted)
        {
            if (!lines.Extend())
            {
                Reject(cellStart + 1, LogCodes.Quotes, "A quotation mark is never closed.");
                return true;
            }

            Scan();
        }

        if (state == State.Broken)
        {
            Reject(position + 1, LogCodes.Quotes, "A quotation mark inside a cell is not doubled.");
        }
        else if (!Utf8.IsValid(lines.Current))
        {
            Reject(0, LogCodes.Encoding, "The line is not valid UTF-8.");
        }

        return true;
    }

    /// <summary>
    /// Rejects the record; if it has several lines, those after the first are read again by themselves.
    /// </summary>
    /// <param name="column">The byte from 1; 0 for the whole record.</param>
    /// <param name="code">The stable code.</param>
    /// <param name="reason">What is wrong.</param>
    public RejectedLine Reject(int column, string code, string reason)
    {
        lines.KeepFirstLine();
        return Problem = RejectedLine.Of(Line, column, code, reason, Raw);
    }

    /// <summary>A cell's content, without quotation marks around it; valid until the next call.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            Cell cell = cells[index];
            ReadOnlySpan<byte> content = Raw.Slice(cell.Start, cell.Length);
            return cell.HasDoubled ? Undouble(content) : content;
        }
    }

    /// <summary>Where a cell begins in its record, counted from 1.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public int ColumnOf(int index) => cells[index].Start + 1;

    /// <summary>A cell's content as text.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    public string Text(int index) => Encoding.UTF8.GetString(this[index]);

    // Goes on from where it stood, so that a cell of many lines is scanned once.
    private void Scan()
    {
        ReadOnlySpan<byte> record = lines.Current;
        while (position < record.Length && state != State.Broken)
        {
            Step(record);
        }

        switch (state)
        {
            case State.CellStart or State.Plain:
                cells.Add(new(cellStart, record.Length - cellStart, HasDoubled: false));
                break;
            case State.QuoteInQuoted:
                cells.Add(new(cellStart, record.Length - 1 - cellStart, doubled));
                break;
            case State.Quoted or State.Broken:
            default:
                break;
        }
    }

    private void Step(ReadOnlySpan<byte> record)
    {
        switch (state)
        {
            case State.CellStart when record[position] == '"':
                (state, doubled) = (State.Quoted, false);
                cellStart = ++position;
                break;
            case State.CellStart or State.Plain:
                StepPlain(record);
                break;
            case State.Quoted:
                int mark = record[position..].IndexOf((byte)'"');
                state = mark < 0 ? State.Quoted : State.QuoteInQuoted;
                position = mark < 0 ? record.Length : position + mark + 1;
                break;
            case State.QuoteInQuoted when record[position] == '"':
                (state, doubled) = (State.Quoted, true);
                position++;
                break;
            case State.QuoteInQuoted when record[position] == separator:
                EndCell(position - 1, doubled);
                break;
            case State.QuoteInQuoted or State.Broken:
            default:
                state = State.Broken;
                break;
        }
    }

    private void StepPlain(ReadOnlySpan<byte> record)
    {
        int found = record[position..].IndexOfAny(separator, (byte)'"');
        position = found < 0 ? record.Length : position + found;
        state = State.Plain;
        if (found >= 0 && record[position] == separator)
        {
            EndCell(position, hasDoubled: false);
        }
        else if (found >= 0)
        {
            state = State.Broken;
        }
    }

    private void EndCell(int end, bool hasDoubled)
    {
        cells.Add(new(cellStart, end - cellStart, hasDoubled));
        cellStart = ++position;
        state = State.CellStart;
    }

    private ReadOnlySpan<byte> Undouble(ReadOnlySpan<byte> content)
    {
        if (scratch.Length < content.Length)
        {
            scratch = new byte[2 * content.Length];
        }

        int length = 0;
        for (int i = 0; i < content.Length; i++)
        {
            scratch[length++] = content[i];
            i += content[i] == '"' ? 1 : 0;
        }

        return scratch.AsSpan(0, length);
    }

    private readonly record struct Cell(int Start, int Length, bool HasDoubled);
}
