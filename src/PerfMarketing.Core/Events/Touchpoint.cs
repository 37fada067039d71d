using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Events;

/// <summary>
/// One contact between a customer and a partner's advertising, which may deserve credit for an outcome.
/// </summary>
/// <remarks>
/// The host's id is its idempotency key. Nothing throws when a touchpoint is made: <see cref="Check"/> says what is
/// wrong with it, so that a bad line of a log is reported and not lost.
/// </remarks>
public sealed record Touchpoint : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    private EventClocks clocks;

    /// <summary>The id, unique per advertiser.</summary>
    public required TouchpointId Id { get; init; }

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

    /// <summary>Who was touched.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>Whose advertising it was.</summary>
    public required PartnerId Partner { get; init; }

    /// <summary>What kind of contact it was; a click unless stated.</summary>
    public TouchpointKind Kind { get; init; } = TouchpointKind.Click;

    /// <summary>Through which channel it came.</summary>
    public ChannelId? Channel { get; init; }

    /// <summary>Its place among touchpoints of one instant, when the source numbers them.</summary>
    public long? Sequence { get; init; }

    /// <summary>What else is known of it.</summary>
    public FactSet Facts { get; init; } = FactSet.Empty;

    /// <summary>Whether it is a test: explained, never credited.</summary>
    public bool IsTest { get; init; }

    /// <summary>Reads a touchpoint.</summary>
    /// <param name="terms">The terms.</param>
    public static Touchpoint Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        EventClocks clocks = terms.Clocks();
        return new()
        {
            Id = terms.Value<TouchpointId>("id"),
            At = clocks.At,
            RecordedAt = clocks.RecordedAt,
            Customer = terms.Value<CustomerId>("customer"),
            Partner = terms.Value<PartnerId>("partner"),
            Kind = terms.Value("kind", TouchpointKind.Click),
            Channel = terms.Optional<ChannelId>("channel"),
            Sequence = terms.OptionalInteger("sequence"),
            Facts = terms.OptionalObject("facts", FactSet.Read) ?? FactSet.Empty,
            IsTest = terms.Flag("isTest"),
        };
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Value("id", Id);
        terms.Clocks(clocks);
        terms.Value("customer", Customer);
        terms.Value("partner", Partner);
        terms.Value("kind", Kind, TouchpointKind.Click);
        terms.Value("channel", Channel);
        terms.Integer("sequence", Sequence);
        terms.Facts(Facts);
        terms.Flag("isTest", IsTest);
    }

    /// <summary>What is wrong with this touchpoint; empty when it can be used.</summary>
    /// <returns>Reasons with codes of <see cref="EventCodes"/> and the term they are about.</returns>
    public ValueList<Reason> Check() => new EventChecks()
        .Require(!Id.IsUnset, EventCodes.IdMissing, "id")
        .Clocks(clocks)
        .Require(!Customer.IsUnset, EventCodes.CustomerMissing, "customer")
        .Require(!Partner.IsUnset, EventCodes.PartnerMissing, "partner")
        .Require(!Kind.IsUnset, EventCodes.KindMissing, "kind")
        .Result;
}
