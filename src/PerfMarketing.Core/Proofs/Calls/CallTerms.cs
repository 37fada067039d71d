using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Proofs.Calls;

/// <summary>Which telephone calls count: connected how long, by whom, when, where, and confirmed by whom.</summary>
/// <remarks>
/// A term of a contract: every call received and every outbound call answered that the contract pays for is judged by
/// it, beside the clause's proof.
/// </remarks>
/// <param name="ConnectedSecondsMin">
/// The fewest seconds that the caller was connected; 60 to 120 are usual, and from 1 on.
/// </param>
public sealed record CallTerms(int ConnectedSecondsMin) : ITerms
{
    /// <summary>How far two records of one call may lie apart unless stated: two seconds.</summary>
    public const int ToleranceSecondsDefault = 2;

    /// <summary>
    /// How long a caller who was connected before does not count again; 30 days are usual. Null, the default: every
    /// call counts.
    /// </summary>
    public Duration? UniqueWithin { get; init; }

    /// <summary>Whether a second record, such as the advertiser's own, has to confirm it. False by default.</summary>
    public bool MustBeConfirmed { get; init; }

    /// <summary>The most seconds that a contract asks for: an hour.</summary>
    public const int SecondsMax = 3_600;

    /// <summary>What a record of a call is as evidence: <c>call-record</c>.</summary>
    public static EvidenceKind Recorded { get; } = new("call-record");

    /// <summary>
    /// The business hours, numbers and places that count, by the facts of the call and the clocks of the contract's
    /// zone; null, the default, when all do.
    /// </summary>
    public Condition? When { get; init; }

    /// <summary>How many seconds the records of one call may differ, both ends included.</summary>
    public int ToleranceSeconds { get; init; } = ToleranceSecondsDefault;

    /// <summary>Reads the terms.</summary>
    /// <param name="terms">The terms.</param>
    public static CallTerms Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Int("connectedSecondsMin", 0))
        {
            UniqueWithin = terms.Optional<DurationText>("uniqueWithin")?.Value,
            MustBeConfirmed = terms.Flag("mustBeConfirmed"),
            When = terms.OptionalObject("when", Condition.Read),
            ToleranceSeconds = terms.Int("toleranceSeconds", ToleranceSecondsDefault),
        };
    }

    /// <summary>Whether a kind of outcome is a call.</summary>
    /// <param name="kind">The kind.</param>
    public static bool IsCall(OutcomeKind kind) =>
        kind == OutcomeKind.CallReceived || kind == OutcomeKind.OutboundCallAnswered;

    /// <summary>Judges a call. Pure; the order of the other records makes no difference.</summary>
    /// <param name="call">The record of the one who is paid, or of his provider.</param>
    /// <param name="others">Records of other calls, by which repeated callers are told.</param>
    /// <param name="second">The second record of the same call; null when there is none yet.</param>
    /// <returns>What was found, why, and what it claims: the fewest seconds that both records bear out.</returns>
    public CallJudgement Judge(CallRecord call, IEnumerable<CallRecord> others, CallRecord? second = null)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(others);
        return Judge(call, FirstOf(call, others), second is null ? [] : [second]);
    }

    /// <summary>Judges a call of which it is known whether its caller called before.</summary>
    /// <param name="call">The record of the one who is paid, or of his provider.</param>
    /// <param name="repeated">Why the caller does not count again; null when it is his first call.</param>
    /// <param name="records">Other records of the same call.</param>
    internal CallJudgement Judge(CallRecord call, Reason? repeated, IReadOnlyList<CallRecord> records)
    {
        List<Reason> failed = [];
        List<Reason> open = [];
        int? seconds = Confirm(call, records, open);
        if (!call.IsAnswered)
        {
            failed.Add(new(CallReasons.NotAnswered));
        }

        if (seconds is not { } connected)
        {
            open.Add(new(CallReasons.ConnectedUnknown));
        }
        else if (connected < ConnectedSecondsMin)
        {
            failed.Add(Reason.Of(CallReasons.TooShort, ("seconds", connected), ("min", ConnectedSecondsMin)));
        }

        if (UniqueWithin is not null && call.Caller is null)
        {
            open.Add(new(CallReasons.CallerUnknown));
        }
        else if (repeated is not null)
        {
            failed.Add(repeated);
        }

        return new(
            failed.Count > 0 ? EvidenceFinding.Failed
                : open.Count > 0 ? EvidenceFinding.Undecided
                : EvidenceFinding.Happened,
            [.. failed, .. open],
            ClaimsOf(call, seconds));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("connectedSecondsMin", ConnectedSecondsMin);
        terms.Value(
            "uniqueWithin", !terms.IsWalk && UniqueWithin is { } time ? new DurationText(time) : (DurationText?)null);
        terms.Flag("mustBeConfirmed", MustBeConfirmed);
        terms.Terms("when", When);
        terms.Integer("toleranceSeconds", ToleranceSeconds == ToleranceSecondsDefault ? null : ToleranceSeconds);
    }

    // The seconds that all records bear out; a record below zero bears out nothing.
    private int? Confirm(CallRecord call, IReadOnlyList<CallRecord> records, List<Reason> open)
    {
        int? seconds = call.ConnectedSeconds is >= 0 ? call.ConnectedSeconds : null;
        if (MustBeConfirmed && records.Count == 0)
        {
            open.Add(new(CallReasons.NotConfirmed));
        }

        int? least = seconds;
        foreach (CallRecord second in records)
        {
            int? other = second.ConnectedSeconds is >= 0 ? second.ConnectedSeconds : null;
            Duration apart = Duration.Max(call.StartedAt - second.StartedAt, second.StartedAt - call.StartedAt);
            if (call.IsAnswered != second.IsAnswered || apart > Duration.FromSeconds(ToleranceSeconds)
                || seconds is not { } mine || other is not { } theirs
                || Math.Abs((long)mine - theirs) > ToleranceSeconds)
            {
                open.Add(Reason.Of(
                    CallReasons.RecordsDiffer,
                    ("seconds", TextOf(seconds)), ("other", TextOf(other)), ("tolerance", ToleranceSeconds)));
                return seconds;
            }

            least = Math.Min(least!.Value, theirs);
        }

        return least;
    }

    // Half-open, as all windows: a call exactly as long ago as the window is another one.
    private Reason? FirstOf(CallRecord call, IEnumerable<CallRecord> others)
    {
        if (UniqueWithin is not { } window || call.Caller is not { } caller)
        {
            return null;
        }

        CallRecord? before = others
            .Where(o => o.Id != call.Id && o.Caller == caller && o.IsAnswered && o.ConnectedSeconds > 0
                && IsBefore(o, call) && call.StartedAt - o.StartedAt < window)
            .MinBy(static o => (o.StartedAt, o.Id.ToString()));
        return before is null ? null : CallReasons.Repeated(before.Id.ToString(), before.StartedAt);
    }

    // Of two calls of one instant, one is the first: that with the lower id.
    private static bool IsBefore(CallRecord other, CallRecord call) => other.StartedAt < call.StartedAt
        || (other.StartedAt == call.StartedAt && string.CompareOrdinal(other.Id.ToString(), call.Id.ToString()) < 0);

    private static ValueList<EvidenceClaim> ClaimsOf(CallRecord call, int? seconds)
    {
        List<EvidenceClaim> claims =
        [
            new("call-id", call.Id.ToString()),
            new("started-at", InstantText.Of(call.StartedAt)),
            new("answered", call.IsAnswered ? "true" : "false"),
        ];
        if (seconds is { } connected)
        {
            claims.Add(new(Events.Facts.CallSeconds.Name, InvariantText.Of(connected)));
        }

        if (call.Caller is { } caller)
        {
            claims.Add(new("caller", caller.ToString()));
        }

        return claims.ToValueList();
    }

    private static string TextOf(int? seconds) => seconds is { } value ? InvariantText.Of(value) : "unknown";
}
