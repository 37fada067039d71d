using System.Globalization;
using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Events;

/// <summary>A thing that happened and may be paid for: a sale, a lead, a delivered message …</summary>
/// <remarks>
/// The host's id is its idempotency key, <see cref="OrderId"/> a business key over all
/// campaigns of the advertiser. Later news of it is a
/// <see cref="Correction"/>. Nothing throws when an outcome is made: <see cref="Check"/> says what is wrong with it, so
/// that a bad line of a log is reported and not lost.
/// </remarks>
public sealed record Outcome : ITerms
{
    /// <summary>The most lines of one order.</summary>
    public const int LineCountMax = 1_000;

    /// <summary>The greatest quantity.</summary>
    public const decimal QuantityMax = EventChecks.QuantityMax;

    /// <summary>The most decimals of a quantity.</summary>
    public const int QuantityDecimalsMax = EventChecks.QuantityDecimalsMax;

    private EventClocks clocks;

    /// <summary>The id, unique per advertiser.</summary>
    public required OutcomeId Id { get; init; }

    /// <summary>When it happened.</summary>
    public required Instant At
    {
        get => clocks.At;
        init => clocks = clocks with { At = value };
    }

    /// <summary>When it was written down; the same as <see cref="At"/> unless stated.</summary>
    public Instant RecordedAt
    {
        get => clocks.RecordedAt;
        init => clocks = clocks with { Stated = value };
    }

    /// <summary>Whose outcome it is, when known.</summary>
    public CustomerId? Customer { get; init; }

    /// <summary>What kind of result it is.</summary>
    public required OutcomeKind Kind { get; init; }

    /// <summary>What it is worth to the advertiser, when it is worth an amount; not below zero.</summary>
    /// <remarks>
    /// When lines are given and this is not, it is worth the sum of the lines less the order's discount.
    /// </remarks>
    public Money? Value { get; init; }

    /// <summary>
    /// How many results it stands for; 1 unless stated. Above zero, at most 10^9, at most 6 decimals.
    /// </summary>
    public decimal Quantity { get; init; } = 1;

    /// <summary>
    /// The business key, such as the order number, unique per advertiser: an order counts once in a campaign, and one
    /// campaign of the advertiser pays for it.
    /// </summary>
    public OrderId? OrderId { get; init; }

    /// <summary>The outcome it follows from: the start of a renewal, the lead of a customer.</summary>
    public OutcomeId? Parent { get; init; }

    /// <summary>The touchpoint it refers to, such as the click id that the shop passed on.</summary>
    public TouchpointId? Touch { get; init; }

    /// <summary>The lines of an order.</summary>
    public ValueList<OrderLine> Lines { get; init; } = [];

    /// <summary>What the order has beside its lines.</summary>
    public OrderTotals? Totals { get; init; }

    /// <summary>What else is known of it.</summary>
    public FactSet Facts { get; init; } = FactSet.Empty;

    /// <summary>Whether it is a test: explained, never paid, tallied, capped or measured.</summary>
    public bool IsTest { get; init; }

    /// <summary>Reads an outcome.</summary>
    /// <param name="terms">The terms.</param>
    public static Outcome Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        EventClocks clocks = terms.Clocks();
        return new()
        {
            Id = terms.Value<OutcomeId>("id"),
            At = clocks.At,
            RecordedAt = clocks.RecordedAt,
            Customer = terms.Optional<CustomerId>("customer"),
            Kind = terms.Value<OutcomeKind>("kind"),
            Value = terms.Optional<Money>("value"),
            Quantity = terms.OptionalNumber("quantity") ?? 1,
            OrderId = terms.Optional<OrderId>("orderId"),
            Parent = terms.Optional<OutcomeId>("parent"),
            Touch = terms.Optional<TouchpointId>("touch"),
            Lines = terms.List("lines", OrderLine.Read),
            Totals = terms.OptionalObject("totals", OrderTotals.Read),
            Facts = terms.OptionalObject("facts", FactSet.Read) ?? FactSet.Empty,
            IsTest = terms.Flag("isTest"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("id", Id);
        terms.Clocks(clocks);
        terms.Value("customer", Customer);
        terms.Value("kind", Kind);
        terms.Value("value", Value);
        terms.Number("quantity", Quantity == 1 ? null : Quantity);
        terms.Value("orderId", OrderId);
        terms.Value("parent", Parent);
        terms.Value("touch", Touch);
        terms.List("lines", Lines);
        terms.Terms("totals", Totals);
        terms.Facts(Facts);
        terms.Flag("isTest", IsTest);
    }

    /// <summary>Whether another outcome says the same, whenever each of them was recorded.</summary>
    internal bool SaysTheSameAs(Outcome other) =>
        this with { RecordedAt = At } == other with { RecordedAt = other.At };

    // Whether nothing is wrong, of an outcome without an order, as most are: nothing is collected then.
    private bool IsPlainlyRight => !Id.IsUnset && !Kind.IsUnset && Parent is null && Lines.Count == 0 && Totals is null
        && ContractCalendar.Covers(clocks.At) && ContractCalendar.Covers(clocks.RecordedAt)
        && EventChecks.IsQuantity(Quantity)
        && (Value is not { } value || (!value.Currency.IsUnset && value.MinorUnits >= 0));

    /// <summary>What is wrong with this outcome; empty when it can be used.</summary>
    /// <returns>Reasons with codes of <see cref="EventCodes"/> and the term they are about.</returns>
    public ValueList<Reason> Check()
    {
        if (IsPlainlyRight)
        {
            return [];
        }

        EventChecks checks = new EventChecks()
            .Require(!Id.IsUnset, EventCodes.IdMissing, "id")
            .Clocks(clocks)
            .Require(!Kind.IsUnset, EventCodes.KindMissing, "kind")
            .Require(Parent != Id, EventCodes.NamesItself, "parent")
            .Quantity(Quantity, "quantity")
            .Amount(Value, "value")
            .Require(Lines.Count <= LineCountMax, EventCodes.TooManyLines, "lines")
            .Require(Lines.Count > 0 || Totals is null, EventCodes.LinesMissing, "totals");
        for (int i = 0; i < Math.Min(Lines.Count, LineCountMax); i++)
        {
            Lines[i].Check(checks, string.Create(CultureInfo.InvariantCulture, $"lines[{i}]"));
        }

        Totals?.Check(checks);
        return checks.Result is { Count: > 0 } wrong ? wrong : OrderValues.Check(this, checks).Result;
    }
}
