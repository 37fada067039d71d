namespace PerfMarketing.Settlement.Remittances;

/// <summary>The codes of what is wrong with a payee's terms or a stored remittance.</summary>
public static class RemittanceCodes
{
    /// <summary>The terms name nobody who is paid.</summary>
    public const string PayeeMissing = "remittance.payee-missing";

    /// <summary>The terms name no currency.</summary>
    public const string CurrencyMissing = "remittance.currency-missing";

    /// <summary>An amount is below zero or in another currency than the payment.</summary>
    public const string AmountInvalid = "remittance.amount-invalid";

    /// <summary>The rate of a fee is below 0 or above 100 %.</summary>
    public const string RateOutOfRange = "remittance.rate-out-of-range";

    /// <summary>Who bears a fee is not one of the choices.</summary>
    public const string BearerUnknown = "remittance.bearer-unknown";

    /// <summary>The parts of a stored remittance do not sum to its amounts, or its name is not theirs.</summary>
    public const string Unsound = "remittance.unsound";
}
