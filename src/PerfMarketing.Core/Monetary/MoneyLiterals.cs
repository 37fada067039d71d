namespace PerfMarketing.Monetary;

/// <summary>Amounts and rates as they are said: <c>4.50m.Eur</c>, <c>80.Eur</c>, <c>12.Percent</c>.</summary>
public static class MoneyLiterals
{
    extension(decimal value)
    {
        /// <summary>This many euros.</summary>
        public Money Eur => Money.Of(value, Currency.Eur);

        /// <summary>This many US dollars.</summary>
        public Money Usd => Money.Of(value, Currency.Usd);

        /// <summary>This many pounds sterling.</summary>
        public Money Gbp => Money.Of(value, Currency.Gbp);

        /// <summary>This many hundredths.</summary>
        public Percentage Percent => Percentage.FromPercent(value);
    }

    extension(int value)
    {
        /// <summary>This many euros.</summary>
        public Money Eur => Money.Of(value, Currency.Eur);

        /// <summary>This many US dollars.</summary>
        public Money Usd => Money.Of(value, Currency.Usd);

        /// <summary>This many pounds sterling.</summary>
        public Money Gbp => Money.Of(value, Currency.Gbp);

        /// <summary>This many hundredths.</summary>
        public Percentage Percent => Percentage.FromPercent(value);
    }
}
