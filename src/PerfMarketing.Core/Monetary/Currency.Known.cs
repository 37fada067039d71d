namespace PerfMarketing.Monetary;

public readonly partial struct Currency
{
    /// <summary>The euro.</summary>
    public static Currency Eur { get; } = Parse("EUR", null);

    /// <summary>The US dollar.</summary>
    public static Currency Usd { get; } = Parse("USD", null);

    /// <summary>The pound sterling.</summary>
    public static Currency Gbp { get; } = Parse("GBP", null);

    /// <summary>The Swiss franc.</summary>
    public static Currency Chf { get; } = Parse("CHF", null);

    /// <summary>The yen, which has no minor unit.</summary>
    public static Currency Jpy { get; } = Parse("JPY", null);
}
