using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tallies;

/// <summary>What is measured of an outcome or a period: a count, units, money, or a numeric fact.</summary>
/// <remarks>
/// Text form <c>count</c>, <c>quantity</c>, <c>value</c>, <c>payout</c>, <c>fact:call-seconds</c> or
/// <c>leg:acme-network</c>. <c>default</c> is <see cref="Count"/>.
/// </remarks>
[JsonConverter(typeof(TextJsonConverter<Measure>))]
public readonly record struct Measure : IParsable<Measure>, IFormattable
{
    private const string FactPrefix = "fact:";

    private const string LegPrefix = "leg:";

    private readonly string? name;

    private Measure(MeasureKind kind, string? name = null)
    {
        Kind = kind;
        this.name = name;
    }

    /// <summary>Outcomes, one each.</summary>
    public static Measure Count => new(MeasureKind.Count);

    /// <summary>The units that outcomes stand for.</summary>
    public static Measure Quantity => new(MeasureKind.Quantity);

    /// <summary>The commissionable amount.</summary>
    public static Measure Value => new(MeasureKind.Value);

    /// <summary>The exact payout under the clause.</summary>
    public static Measure Payout => new(MeasureKind.Payout);

    /// <summary>What kind of measure it is.</summary>
    public MeasureKind Kind { get; }

    /// <summary>The fact's or contract's name; empty for the other kinds.</summary>
    public string Name => name ?? string.Empty;

    /// <summary>A numeric fact.</summary>
    /// <param name="key">The fact's key.</param>
    public static Measure OfFact<T>(FactKey<T> key) => OfFact(key.Name);

    /// <summary>A numeric fact.</summary>
    /// <param name="name">The fact's name.</param>
    /// <exception cref="ArgumentException">The text may not name a fact.</exception>
    public static Measure OfFact(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Fact.IsName(name) ? new(MeasureKind.Fact, name) : throw Fact.BadName(nameof(name));
    }

    /// <summary>What another contract pays for the same outcome.</summary>
    /// <param name="contract">The other contract.</param>
    public static Measure OfLeg(ContractId contract) => new(MeasureKind.Leg, contract.Value);

    /// <summary>Reads a measure.</summary>
    /// <param name="s">The text, such as <c>fact:call-seconds</c>.</param>
    /// <param name="provider">Not used: measures have no culture.</param>
    /// <exception cref="FormatException">The text is not a measure.</exception>
    public static Measure Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out Measure found)
        ? found
        : throw new FormatException("A measure is count, quantity, value, payout, fact:… or leg:….");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Measure result)
    {
        result = s switch
        {
            "quantity" => Quantity,
            "value" => Value,
            "payout" => Payout,
            not null when s.StartsWith(FactPrefix, StringComparison.Ordinal) && Fact.IsName(s[FactPrefix.Length..]) =>
                new(MeasureKind.Fact, s[FactPrefix.Length..]),
            not null when s.StartsWith(LegPrefix, StringComparison.Ordinal)
                && ContractId.TryParse(s[LegPrefix.Length..], provider, out ContractId contract) => OfLeg(contract),
            _ => Count,
        };
        return result.Kind != MeasureKind.Count || s == "count";
    }

    /// <summary>The measure as text, such as <c>fact:call-seconds</c>.</summary>
    public override string ToString() => Kind switch
    {
        MeasureKind.Quantity => "quantity",
        MeasureKind.Value => "value",
        MeasureKind.Payout => "payout",
        MeasureKind.Fact => FactPrefix + name,
        MeasureKind.Leg => LegPrefix + name,
        _ => "count",
    };

    /// <summary>The measure as text; format and culture make no difference.</summary>
    /// <param name="format">Not used.</param>
    /// <param name="formatProvider">Not used.</param>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();
}
