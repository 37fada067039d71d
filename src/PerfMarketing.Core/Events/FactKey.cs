namespace PerfMarketing.Events;

/// <summary>Names a fact and says what type it has.</summary>
/// <remarks>
/// Keys are made once and kept in static fields, as in <see cref="Facts"/>. <c>default</c> names nothing: it is never
/// found, and nothing can be set under it.
/// </remarks>
/// <typeparam name="T">
/// <see cref="string"/>, <see cref="bool"/>, <see cref="int"/>, <see cref="long"/>, <see cref="decimal"/>,
/// <c>Money</c>, <c>Accrual</c>,
/// <c>Percentage</c>, <c>Instant</c>, <c>LocalDate</c>, any enum, or <c>ValueList&lt;string&gt;</c>.
/// </typeparam>
public readonly record struct FactKey<T>
{
    private readonly string? name;

    /// <summary>A key.</summary>
    /// <param name="name">
    /// The fact's name, in kebab-case; an integrator's own has a prefix, such as <c>acme.score</c>.
    /// </param>
    /// <exception cref="ArgumentException">The text may not name a fact, or a fact cannot have this type.</exception>
    public FactKey(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        this.name = Fact.IsName(name) ? name : throw Fact.BadName(nameof(name));
        _ = FactCodec<T>.Shared ?? throw new ArgumentException($"A fact cannot be a {typeof(T).Name}.");
        Hash = Fact.HashOf(name);
    }

    /// <summary>The fact's name; empty for <c>default</c>.</summary>
    public string Name => name ?? string.Empty;

    internal int Hash { get; }

    /// <summary>The fact of this name with a value.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">
    /// The key is <c>default</c>, or the value breaks a bound of <see cref="FactValue"/>.
    /// </exception>
    public Fact Of(T value) => name is null
        ? throw new ArgumentException("This key is default and names nothing.")
        : new(name, FactValue.Of(value));

    /// <summary>The fact's name.</summary>
    public override string ToString() => Name;
}
