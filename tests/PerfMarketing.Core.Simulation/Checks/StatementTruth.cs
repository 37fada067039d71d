using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Simulation.Checks;

/// <summary>What a statement should say of the money, in minor units.</summary>
internal sealed record Settled(long Opening, long Gross, long Adjustments, long Payable, long Closing)
{
    public long Claimed { get; init; }

    public long Withheld { get; init; }

    public long Released { get; init; }

    public long ClawbackSettled { get; init; }

    public long Held { get; init; }

    public long Reserve { get; init; }

    public Instant? ReserveUntil { get; init; }

    public LocalDate? DueOn { get; init; }

    public PaymentExposure Exposure { get; init; }

    public static Settled Of(Statement statement) => new(
        statement.Opening.MinorUnits,
        statement.Gross.MinorUnits,
        statement.Adjustments.MinorUnits,
        statement.Payable.MinorUnits,
        statement.Closing.MinorUnits)
    {
        Claimed = statement.Claimed?.MinorUnits ?? 0,
        Withheld = statement.Withheld?.MinorUnits ?? 0,
        Released = statement.Released?.MinorUnits ?? 0,
        ClawbackSettled = statement.ClawbackSettled?.MinorUnits ?? 0,
        Held = statement.Held?.MinorUnits ?? 0,
        Reserve = statement.Reserve?.MinorUnits ?? 0,
        ReserveUntil = statement.ReserveUntil,
        DueOn = statement.DueOn,
        Exposure = statement.Exposure,
    };
}

/// <summary>A period in which a contract is settled, and the version whose terms cut it.</summary>
internal sealed record SettledPeriod(Instant Start, Instant End, Contract Version);

/// <summary>
/// One contract and partner, settled again from its entries: periods by dates of the zone, and sums over all entries,
/// without the library's calendar and books.
/// </summary>
internal sealed class StatementTruth(Campaign campaign, ContractId contract)
{
    private readonly Contract[] versions =
        [.. campaign.Contracts.Where(c => c.Id == contract).OrderByDescending(static c => c.Version)];

    private readonly List<(Instant Until, long Part)> withheld = [];
    private long released;
    private long paid;
    private long reserve;
    private long closing;

    /// <summary>All entries, in the order in which they were decided.</summary>
    public List<LedgerEntry> Entries { get; } = [];

    /// <summary>Where the newest statement ends; null before the first.</summary>
    public Instant? Through { get; private set; }

    private DateTimeZone Zone => versions[0].Calendar.Zone;

    /// <summary>
    /// The period that an instant lies in: what runs when another version begins ends as it began, and the rest of what
    /// is running then by the new terms comes next.
    /// </summary>
    public SettledPeriod Containing(Instant at)
    {
        (Contract version, Instant from) = (VersionAt(Instant.MinValue), Instant.MinValue);
        foreach (Contract next in versions.OrderBy(static v => v.Version).Where(static v => v.Start > Instant.MinValue))
        {
            if (next.Start > from && next.Start <= at)
            {
                SettledPeriod running = PeriodOf(version, from, next.Start);
                Instant begins = running.Start == next.Start ? next.Start : running.End;
                (version, from) = begins <= at ? (VersionAt(begins), begins) : (version, from);
            }
        }

        return PeriodOf(version, from, at);
    }

    /// <summary>The period that follows an instant at which one ended.</summary>
    public SettledPeriod From(Instant end) => Containing(end) with { Start = end };

    /// <summary>Whether a period that is over should have a statement; to be asked of those after the newest.</summary>
    public bool Needs(SettledPeriod period) =>
        Entries.Exists(e => e.DecidedAt >= period.Start && e.DecidedAt < period.End)
        || (Through is not null && (ReleasedBy(period.End) != released
            || withheld.Exists(w => w.Until <= period.End)));

    /// <summary>What the statement of a period says; after it comes the next.</summary>
    public Settled Cut(SettledPeriod period)
    {
        SettlementTerms terms = period.Version.Settlement;
        LedgerEntry[] lines = [.. LinesOf(period)];
        long gross = lines.Where(static l => l.IsGross).Sum(static l => l.Amount.MinorUnits);
        long adjustments = lines.Where(static l => !l.IsGross).Sum(static l => l.Amount.MinorUnits);
        long before = released - paid - reserve;
        long freed = ReleasedBy(period.End) - released;
        released += freed;
        long back = withheld.Where(w => w.Until <= period.End).Sum(static w => w.Part);
        withheld.RemoveAll(w => w.Until <= period.End);
        long part = terms.Reserve is { } rolling && freed > 0
            ? (long)decimal.Round(freed * rolling.Part.Fraction, MidpointRounding.AwayFromZero)
            : 0;
        LocalDate last = period.End.InZone(Zone).Date.PlusDays(-1);
        Instant? until = part > 0 ? StartOf(last.PlusDays(terms.Reserve!.Days + 1)) : null;
        if (until is { } end)
        {
            withheld.Add((end, part));
        }

        reserve += part - back;
        bool claims = terms.Negative == NegativeBalance.Debt;
        long used = claims ? UseReserve(reserve - (released - paid)) : 0;
        back += used;
        reserve -= used;
        long balance = released - paid - reserve;
        long payable = balance > 0 && balance >= (terms.Threshold?.MinorUnits ?? 1) ? balance : 0;
        long claimed = claims ? Math.Max(0, -balance) : 0;
        paid += payable - claimed;
        long opening = closing;
        closing += gross + adjustments - payable + claimed;
        Through = period.End;
        return new(opening, gross, adjustments, payable, closing)
        {
            Claimed = claimed,
            Withheld = part,
            Released = back,
            ClawbackSettled = before < 0 ? Math.Clamp(balance - before, 0, -before) : 0,
            Held = closing - balance + payable - claimed - reserve,
            Reserve = reserve,
            ReserveUntil = until,
            DueOn = payable > 0 ? DueOf(terms.Due, last) : null,
            Exposure = terms.Exposure,
        };
    }

    /// <summary>What was decided in a period, and since the newest statement.</summary>
    public IEnumerable<LedgerEntry> LinesOf(SettledPeriod period) =>
        Entries.Where(e => e.DecidedAt < period.End && !(e.DecidedAt < Through));

    // Before its day, what is released first.
    private long UseReserve(long needed)
    {
        long left = Math.Max(0, needed);
        withheld.Sort();
        for (int i = 0; i < withheld.Count; i++)
        {
            long taken = Math.Min(left, withheld[i].Part);
            left -= taken;
            withheld[i] = withheld[i] with { Part = withheld[i].Part - taken };
        }

        withheld.RemoveAll(static w => w.Part == 0);
        return Math.Max(0, needed) - left;
    }

    private long ReleasedBy(Instant end) => Entries.Where(e => e.DecidedAt < end && e.PayableAt <= end)
        .Sum(static e => e.Amount.MinorUnits);

    private SettledPeriod PeriodOf(Contract version, Instant from, Instant at)
    {
        PeriodUnit unit = version.Settlement.Per;
        LocalDate first = FirstOf(unit, at.InZone(Zone).Date);
        return new(Instant.Max(from, StartOf(first)), StartOf(AfterOf(unit, first)), version);
    }

    private Contract VersionAt(Instant at) => Array.Find(versions, v => v.Start <= at) ?? versions[^1];

    private Instant StartOf(LocalDate day) => Zone.AtStartOfDay(day).ToInstant();

    private static LocalDate FirstOf(PeriodUnit unit, LocalDate day) => unit switch
    {
        PeriodUnit.Week => day.PlusDays(1 - (int)day.DayOfWeek),
        PeriodUnit.HalfMonth => new(day.Year, day.Month, day.Day < 16 ? 1 : 16),
        PeriodUnit.Quarter => new(day.Year, day.Month - ((day.Month + 2) % 3), 1),
        _ => new(day.Year, day.Month, 1),
    };

    private static LocalDate AfterOf(PeriodUnit unit, LocalDate first) => unit switch
    {
        PeriodUnit.Week => first.PlusWeeks(1),
        PeriodUnit.HalfMonth when first.Day == 1 => first.PlusDays(15),
        PeriodUnit.HalfMonth => new LocalDate(first.Year, first.Month, 1).PlusMonths(1),
        PeriodUnit.Quarter => first.PlusMonths(3),
        _ => first.PlusMonths(1),
    };

    private static LocalDate? DueOf(PaymentDue? due, LocalDate last)
    {
        if (due is null)
        {
            return null;
        }

        LocalDate month = new LocalDate(last.Year, last.Month, 1).PlusMonths(due.Months);
        LocalDate Day(LocalDate of) => of.PlusDays(Math.Min(due.Days, of.PlusMonths(1).PlusDays(-1).Day) - 1);
        return due.Rule switch
        {
            DueRule.Net => last.PlusDays(due.Days),
            DueRule.EndOfMonth => month.PlusMonths(1).PlusDays(-1).PlusDays(due.Days),
            _ => Day(month) > last ? Day(month) : Day(month.PlusMonths(1)),
        };
    }
}
