using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>One rule of invalid traffic with the thresholds that a contract gives it.</summary>
/// <remarks>What the thresholds mean is said by <see cref="TrafficRuleKind"/>.</remarks>
/// <param name="Rule">What it looks for.</param>
public sealed record TrafficRule(TrafficRuleKind Rule) : ITerms
{
    /// <summary>The greatest score.</summary>
    public const int ScoreMax = 100;

    /// <summary>The most values, and the most kinds of result, that a rule names.</summary>
    public const int ValueCountMax = 300;

    /// <summary>The greatest <see cref="Max"/> of clicks for one result; of other rules it is
    /// <see cref="TrafficHistory.CountMax"/>.</summary>
    public const int ClicksMax = 1_000_000;

    /// <summary>The kinds of result that it looks at; all when empty, the default.</summary>
    public ValueList<OutcomeKind> Outcomes { get; init; } = [];

    /// <summary>How much it counts when it finds something: from 0 to 100. 0 by default: it is only shown.</summary>
    public int Score { get; init; }

    /// <summary>What it leads to by itself, whatever the score. Nothing by default.</summary>
    public TrafficAction Then { get; init; }

    /// <summary>The time that the rule is about; whole seconds.</summary>
    public Duration? Within { get; init; }

    /// <summary>The time from which on a delay is long; whole seconds.</summary>
    public Duration? After { get; init; }

    /// <summary>The number that the rule is about.</summary>
    public int? Max { get; init; }

    /// <summary>The part that the rule is about.</summary>
    public Percentage? Share { get; init; }

    /// <summary>The name of the fact that the rule is about.</summary>
    public string? Of { get; init; }

    /// <summary>The values that the rule is about. None by default.</summary>
    public ValueList<string> Values { get; init; } = [];

    /// <summary>Whether the rule looks at other results too, by what a <see cref="TrafficWindow"/> remembers.</summary>
    public bool LooksBeside => Rule >= TrafficRuleKind.Repeated;

    /// <summary>Reads a rule.</summary>
    /// <param name="terms">The terms.</param>
    public static TrafficRule Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Enum<TrafficRuleKind>("rule"))
        {
            Outcomes = terms.Values<OutcomeKind>("outcomes", 0, ValueCountMax),
            Score = terms.Int("score", 0),
            Then = terms.Enum("then", TrafficAction.Accept),
            Within = terms.Optional<DurationText>("within")?.Value,
            After = terms.Optional<DurationText>("after")?.Value,
            Max = terms.Has("max") ? terms.Int("max", 0) : null,
            Share = terms.Optional<Percentage>("share"),
            Of = terms.OptionalText("of"),
            Values = terms.Values<string>("values", 0, ValueCountMax),
        };
    }

    /// <summary>Whether the rule looks at a kind of result.</summary>
    /// <param name="kind">The kind.</param>
    public bool LooksAt(OutcomeKind kind) => Outcomes.Count == 0 || Outcomes.Contains(kind);

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("rule", Rule);
        terms.Values("outcomes", Outcomes);
        terms.Integer("score", Score == 0 ? null : Score);
        terms.Enum("then", Then, TrafficAction.Accept);
        terms.Value("within", TextOf(terms, Within));
        terms.Value("after", TextOf(terms, After));
        terms.Integer("max", Max);
        terms.Value("share", Share);
        terms.Value("of", Of);
        terms.Values("values", Values);
    }

    internal TrafficSignal Found(params ReadOnlySpan<(string Name, object Value)> args) =>
        new(Score, Then, Reason.Of(TrafficReasons.Of(Rule), args));

    private static DurationText? TextOf(TermWriter terms, Duration? duration) =>
        !terms.IsWalk && duration is { } value ? new DurationText(value) : null;
}
