using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>A ledger's answer to one <see cref="LedgerRequest"/>: done, or refused with the limit that binds.</summary>
public sealed record LedgerDecision : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The reservation.</summary>
    public required ReservationId Id { get; init; }

    /// <summary>
    /// Why it is refused, one of <see cref="LedgerReasons"/> or <see cref="BudgetReasons"/>; null when done.
    /// </summary>
    public string? Code { get; init; }

    /// <summary>Whether it is done: admitted, committed, freed or taken back.</summary>
    public bool IsDone => Code is null;

    /// <summary>What was asked for.</summary>
    public required Money Requested { get; init; }

    /// <summary>
    /// What is set aside, paid, free again or taken back; of a refused repetition, what the first one was about.
    /// </summary>
    public required Money Amount { get; init; }

    /// <summary>
    /// What the binding line had left, in minor units or pieces; of an admitted request, what the tightest line of
    /// money, or of pieces when there is none, had left before it. Zero where it says nothing.
    /// </summary>
    public long Headroom { get; init; }

    /// <summary>The line that refused, was exceeded or cut the payment; null when there is none.</summary>
    public BudgetId? Binding { get; init; }

    /// <summary>What the binding line limits; null when there is none.</summary>
    public BudgetScope? Scope { get; init; }

    /// <summary>
    /// When asking again makes sense at the earliest, if nothing is given back before: the end of the binding line's
    /// period, or the begin of its flight. Null when it is never, or when waiting does not help.
    /// </summary>
    public Instant? ResetsAt { get; init; }

    /// <summary>What was unusual about a commit.</summary>
    public CommitMarks Marks { get; init; }

    /// <summary>Whether it is the answer of before, given again.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>The alerts that this request caused; a repetition says them again.</summary>
    public ValueList<BudgetAlert> Alerts { get; init; } = [];

    /// <summary>The refusal as a reason with its values; null when it is done.</summary>
    public Reason? Reason => Code switch
    {
        null => null,
        BudgetReasons.Exhausted or LedgerReasons.ParentCap => Reason.Of(
            Code, ("budget", $"{Binding}"), ("scope", $"{Scope}"), ("requested", Requested), ("headroom", Headroom)),
        LedgerReasons.OutsideWindow or LedgerReasons.Paused =>
            Reason.Of(Code, ("budget", $"{Binding}"), ("scope", $"{Scope}")),
        LedgerReasons.NotLive => Reason.Of(Code, ("budget", $"{Binding}")),
        LedgerReasons.ChangeInvalid => Reason.Of(Code, ("budget", $"{Binding}"), ("change", Id)),
        BudgetReasons.Conflict =>
            Reason.Of(Code, ("reservation", Id), ("first", Amount), ("requested", Requested)),
        BudgetReasons.ReversesTooMuch =>
            Reason.Of(Code, ("reservation", Id), ("requested", Requested), ("available", Amount)),
        _ => Reason.Of(Code, ("reservation", Id)),
    };

    /// <summary>Reads a decision.</summary>
    /// <param name="terms">The terms.</param>
    public static LedgerDecision Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        return new()
        {
            Id = terms.Value<ReservationId>("id"),
            Code = terms.OptionalText("code"),
            Requested = terms.Value<Money>("requested"),
            Amount = terms.Value<Money>("amount"),
            Headroom = terms.OptionalInteger("headroom") ?? 0,
            Binding = terms.Optional<BudgetId>("binding"),
            Scope = terms.Has("scope") ? terms.Object("scope", BudgetScope.Read) : null,
            ResetsAt = terms.OptionalInstant("resetsAt"),
            IsRepeat = terms.Flag("isRepeat"),
            Alerts = terms.List("alerts", BudgetAlert.Read),
            Marks = CommitMarkTerms.Read(terms),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("id", Id);
        terms.Value("code", Code);
        terms.Value("requested", Requested);
        terms.Value("amount", Amount);
        terms.Integer("headroom", Headroom == 0 ? null : Headroom);
        terms.Value("binding", Binding);
        terms.Terms("scope", Scope);
        terms.Instant("resetsAt", ResetsAt);
        terms.Flag("isRepeat", IsRepeat);
        terms.List("alerts", Alerts);
        CommitMarkTerms.Write(terms, Marks);
    }
}
