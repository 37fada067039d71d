using System.Text;
using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tool.Logs;

/// <summary>Reads a foreign CSV log through a <see cref="LogMapping"/>.</summary>
/// <remarks>
/// What many rows share (partner, kind, channel) is looked up by the bytes of its cells, so that a row costs no object
/// unless it is an outcome.
/// </remarks>
internal sealed class MappedLog : ILogReader
{
    private readonly CsvRecords records;
    private readonly LogTables tables;
    private readonly ILogSink sink;
    private readonly LogMapping mapping;
    private readonly int columnCount;
    private readonly int at;
    private readonly int recordedAt;
    private readonly BoundCell customer;
    private readonly BoundCell? id;
    private readonly BoundTest? touches;
    private readonly MappedProfiles profiles;
    private readonly MappedOutcome[] outcomes;
    private readonly List<(Outcome Outcome, bool IsNamed)> found = [];

    /// <summary>Reads the header.</summary>
    /// <exception cref="LogException">There is none, or it lacks a column that the mapping names.</exception>
    public MappedLog(string file, CsvRecords records, LogMapping mapping, LogTables tables, ILogSink sink)
    {
        this.records = records;
        this.mapping = mapping;
        this.tables = tables;
        this.sink = sink;
        CsvHeader header = CsvHeader.Read(file, records);
        columnCount = header.Count;
        at = header.Find(mapping.At.Column, isNeeded: true);
        recordedAt = header.Find(mapping.RecordedAt?.Column, isNeeded: true);
        customer = BoundCell.Of(mapping.Customer, header)!;
        id = BoundCell.Of(mapping.Id, header);
        touches = BoundTest.Of(mapping.Touches, header);
        profiles = new(mapping, header, tables);
        outcomes = [.. mapping.Outcomes.Select(outcome => new MappedOutcome(outcome, header))];
        header.Close();
    }

    /// <summary>What is said of an outcome whose id another one has.</summary>
    internal const string ConflictText = "An outcome of another content stands under this id before; it counts alone.";

    /// <inheritdoc/>
    public bool Read()
    {
        if (!records.Read())
        {
            return false;
        }

        if (records.Problem is null && records.Count != columnCount)
        {
            records.Reject(0, LogCodes.CellCount, $"The line has {records.Count} cells, the header {columnCount}.");
        }

        if (records.Problem is null)
        {
            sink.Line(records.Line);
            Take();
        }

        if (records.Problem is { } problem)
        {
            sink.Reject(problem);
        }

        return true;
    }

    // Everything is read before anything is handed on: a row counts whole or not at all.
    private void Take()
    {
        if (!TryRead(mapping.At, at, out long happened))
        {
            return;
        }

        long recorded = happened;
        if (mapping.RecordedAt is { } source && !TryRead(source, recordedAt, out recorded))
        {
            return;
        }

        if (!TryReadCustomer(out int who))
        {
            return;
        }

        bool isTouch = touches?.Holds(records) ?? true;
        int profile = -1;
        if (records.Problem is not null || (isTouch && !profiles.TryFind(records, out profile)))
        {
            return;
        }

        if (TryReadOutcomes(happened, recorded, who))
        {
            HandOn(new(happened, recorded, who, profile, Sequence: 0));
        }
    }

    private bool TryRead(TimeSource source, int column, out long nanoseconds)
    {
        if (source.TryRead(records[column], out nanoseconds))
        {
            return true;
        }

        string text = records.Text(column);
        string excerpt = text.Length <= 64 ? text : string.Concat(text.AsSpan(0, 64), "…");
        string reason = $"'{excerpt}' is not an instant ({EnumText.Of(source.Form)}).";
        records.Reject(records.ColumnOf(column), LogCodes.CellMalformed, reason);
        return false;
    }

    private bool TryReadCustomer(out int number)
    {
        ReadOnlySpan<byte> text = customer.IsPlain
            ? records[customer.Column]
            : Encoding.UTF8.GetBytes(customer.Read(records) ?? string.Empty);
        if (records.Problem is null && tables.TryAddCustomer(text, out number))
        {
            return true;
        }

        number = -1;
        if (records.Problem is null)
        {
            customer.RejectMalformed(records, "a customer's pseudonym");
        }

        return false;
    }

    private bool TryReadOutcomes(long happened, long recorded, int who)
    {
        found.Clear();
        foreach (MappedOutcome outcome in outcomes)
        {
            if (outcome.Takes(records) && records.Problem is null)
            {
                Instant occurred = InstantBytes.ToInstant(happened);
                Instant known = InstantBytes.ToInstant(recorded);
                if (outcome.Read(records, occurred, known, tables.Customer(who)) is { } read)
                {
                    found.Add((read, outcome.HasIds));
                }
            }
        }

        return records.Problem is null;
    }

    private void HandOn(in HeldTouch touch)
    {
        int own = -1;
        if (touch.Profile >= 0)
        {
            byte[] text = Encoding.UTF8.GetBytes(id?.ReadNeeded(records) ?? string.Empty);
            if (text.Length > 0 && !TouchpointId.TryParse(Encoding.UTF8.GetString(text), null, out _))
            {
                id!.RejectMalformed(records, "a touchpoint's id");
            }

            if (records.Problem is not null)
            {
                return;
            }

            own = sink.Touch(touch, text);
        }

        foreach ((Outcome outcome, bool isNamed) in found)
        {
            if (isNamed)
            {
                if (!sink.Outcome(outcome, own))
                {
                    records.Reject(0, LogCodes.Conflict, ConflictText);
                }
            }
            else
            {
                sink.Unnamed(outcome, own);
            }
        }
    }
}
