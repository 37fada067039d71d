using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <content>The written form.</content>
public abstract partial record LedgerRequest
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    private static readonly string[] Names =
        ["reserve", "commit", "release", "reverse", "expect", "change-limit", "change"];

    /// <summary>Reads a request of any kind.</summary>
    /// <param name="terms">The terms.</param>
    /// <returns>The request; null when a failure was noted.</returns>
    public static LedgerRequest? Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        ReservationId id = terms.Value<ReservationId>("id");
        switch (terms.Kind("request", "ledgerRequest", Names))
        {
            case "reserve": return ReadReserve(id, terms);
            case "commit": return ReadCommit(id, terms);
            case "release": return new Release(id);
            case "reverse":
                return new Reverse(id, terms.Value<CorrectionId>("correction"), terms.Value<Money>("part"))
                {
                    Count = terms.OptionalInteger("count") ?? 0,
                };
            case "expect":
                return new Expect(
                    id, terms.Value<BudgetId>("budget"), terms.Instant("at"), terms.Integer("units"));
            case "change-limit":
                return new ChangeLimit(
                    id, terms.Value<BudgetId>("budget"), terms.Instant("at"), terms.Integer("units"));
            case "change": return new Change(id, terms.Object("line", BudgetLine.Read));
            default:
                terms.Fail("request", LedgerCodes.RequestUnknown, "No request of a ledger has this name.");
                terms.IgnoreRest();
                return null;
        }
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("request", Name);
        terms.Value("id", Id);
        WriteCore(terms);
    }

    private protected abstract void WriteCore(TermWriter terms);

    private static Reserve ReadReserve(ReservationId id, TermReader terms) => new(
        id, terms.Values<BudgetId>("budgets", countMin: 1), terms.Value<Money>("amount"), terms.Instant("at"))
    {
        Count = terms.OptionalInteger("count") ?? 1,
        Expires = terms.OptionalInstant("expires"),
        From = terms.Optional<ReservationId>("from"),
        PromisedAt = terms.OptionalInstant("promisedAt"),
    };

    private static Commit ReadCommit(ReservationId id, TermReader terms) => new(id, terms.Value<Money>("actual"))
    {
        Count = terms.OptionalInteger("count") ?? 1,
        Budgets = terms.Values<BudgetId>("budgets"),
        At = terms.OptionalInstant("at"),
        BoughtAt = terms.OptionalInstant("boughtAt"),
        ApprovedAt = terms.OptionalInstant("approvedAt"),
    };
}
