using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Remittances;

namespace PerfMarketing.Settlement;

/// <summary>
/// One thing that was received or decided for an outcome or a period; a campaign's whole state is the fold of its
/// records.
/// </summary>
/// <remarks>
/// Records are only ever added. Each is written with a version of its form and a tag that names its kind.
/// </remarks>
public abstract record CampaignRecord : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>What kind of record this is, in its written form.</summary>
    public abstract string Tag { get; }

    /// <summary>The outcome that the record is about; unset for what is about a period.</summary>
    public required OutcomeId OutcomeId { get; init; }

    /// <summary>When it was decided or taken into the books: the <c>asOf</c> of the call.</summary>
    public required Instant DecidedAt { get; init; }

    /// <summary>Reads a record of any kind.</summary>
    /// <param name="terms">The terms.</param>
    /// <returns>The record; null when a failure was noted.</returns>
    public static CampaignRecord? Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        string tag = terms.Text("record");
        switch (tag)
        {
            case OutcomeReceived.TagName: return OutcomeReceived.ReadCore(terms);
            case EvidenceReceived.TagName: return EvidenceReceived.ReadCore(terms);
            case EvidenceUsed.TagName: return EvidenceUsed.ReadCore(terms);
            case CorrectionReceived.TagName: return CorrectionReceived.ReadCore(terms);
            case ConflictReceived.TagName: return ConflictReceived.ReadCore(terms);
            case OrderClaimed.TagName: return OrderClaimed.ReadCore(terms);
            case OutcomeDecided.TagName: return OutcomeDecided.ReadCore(terms);
            case ChildWaits.TagName: return ChildWaits.ReadCore(terms);
            case BudgetMoved.TagName: return BudgetMoved.ReadCore(terms);
            case LimitMoved.TagName: return LimitMoved.ReadCore(terms);
            case TrafficSeen.TagName: return TrafficSeen.ReadCore(terms);
            case TrafficCounted.TagName: return TrafficCounted.ReadCore(terms);
            case Earning.TagName: return Earning.ReadCore(terms);
            case Amendment.TagName: return Amendment.ReadCore(terms);
            case Adjustment.TagName: return Adjustment.ReadCore(terms);
            case DisputeHold.TagName: return DisputeHold.ReadCore(terms);
            case Repricing.TagName: return Repricing.ReadCore(terms);
            case PeriodEarning.TagName: return PeriodEarning.ReadCore(terms);
            case ManualEntry.TagName: return ManualEntry.ReadCore(terms);
            case BookingConflict.TagName: return BookingConflict.ReadCore(terms);
            case PeriodsClosed.TagName: return PeriodsClosed.ReadCore(terms);
            case StatementsClosed.TagName: return StatementsClosed.ReadCore(terms);
            case Remittance.TagName: return Remittance.ReadCore(terms);
            case RemittanceAnswer.TagName: return RemittanceAnswer.ReadCore(terms);
            default:
                terms.Fail("record", SettlementReasons.RecordUnknown, "No record has this name.");
                terms.IgnoreRest();
                return null;
        }
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("record", Tag);
        terms.Integer("format", Format);
        terms.Value("outcomeId", OutcomeId, default);
        terms.Instant("decidedAt", DecidedAt);
        WriteCore(terms);
    }

    /// <summary>Writes what the kind of record adds.</summary>
    /// <param name="terms">Where to write it.</param>
    protected abstract void WriteCore(TermWriter terms);

    /// <summary>The outcome that a record is about.</summary>
    /// <param name="terms">The record's terms.</param>
    private protected static OutcomeId IdOf(TermReader terms) => terms.Value<OutcomeId>("outcomeId");

    /// <summary>When a record was decided.</summary>
    /// <param name="terms">The record's terms.</param>
    private protected static Instant TimeOf(TermReader terms) => terms.Instant("decidedAt");
}
