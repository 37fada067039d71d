using PerfMarketing.Events;
using PerfMarketing.Identity;

namespace PerfMarketing.Simulation.Oracle;

/// <summary>What corrections leave of an outcome, by the oracle.</summary>
internal sealed class OracleTruth
{
    private readonly Dictionary<CorrectionId, string> refused = [];
    private bool retracted;
    private bool chargedBack;
    private long given;

    private OracleTruth(Outcome outcome)
    {
        Currency = outcome.Value?.Currency.Code;
        Original = Stated = outcome.Value?.MinorUnits;
        OriginalQuantity = Quantity = outcome.Quantity;
    }

    public string? Currency { get; private set; }

    public long? Original { get; }

    public long? Stated { get; private set; }

    public decimal OriginalQuantity { get; }

    private decimal Quantity { get; set; }

    private bool IsBack => retracted || chargedBack;

    /// <summary>What is kept of the value, in minor units; null when nobody knows of a value.</summary>
    public long? Kept => Stated is not { } stated ? null : IsBack ? 0 : stated - given;

    public decimal KeptQuantity => IsBack || (Kept == 0 && Stated > 0) ? 0 : Quantity;

    public bool IsGone => KeptQuantity == 0;

    public Rational KeptFraction => Original is > 0 and { } original
        ? new(Kept ?? 0, original)
        : Rational.Of(KeptQuantity) / Rational.Of(OriginalQuantity);

    public static OracleTruth Of(Outcome outcome, IEnumerable<Correction> corrections)
    {
        Correction[] sorted =
            [.. corrections.OrderBy(static c => c.RecordedAt).ThenBy(static c => c.Id.Value, StringComparer.Ordinal)];
        List<Correction> sound = [];
        OracleTruth truth = new(outcome);
        for (int i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].Replaces is not { } replaces)
            {
                sound.Add(sorted[i]);
                continue;
            }

            int place = Array.FindIndex(sorted, c => c.Id == replaces);
            string? why = place < 0 ? OracleCodes.ReplacesUnknown
                : place > i ? OracleCodes.ReplacesLater
                : (sorted[i] is ChargebackWon ? sorted[place] is Chargeback : sorted[place] is AmountReturn) ? null
                : OracleCodes.ReplacesOtherKind;
            if (why is null)
            {
                sound.Add(sorted[i]);
            }
            else
            {
                truth.refused.Add(sorted[i].Id, why);
            }
        }

        foreach (Correction correction in sound.Where(c => !sound.Exists(x => x.Replaces == c.Id)))
        {
            if (truth.Apply(correction) is { } why)
            {
                truth.refused.Add(correction.Id, why);
            }
        }

        return truth;
    }

    /// <summary>The code of why a correction counts for nothing; null when it counts.</summary>
    public string? WhyRefused(CorrectionId correction) => refused.GetValueOrDefault(correction);

    private string? Apply(Correction correction)
    {
        switch (correction)
        {
            case Retraction:
                retracted = true;
                return null;
            case AmountReturn back:
                return Take(back.Amount.MinorUnits, back.Amount.Currency.Code);
            case Chargeback { Amount: null }:
                chargedBack = true;
                return null;
            case Chargeback { Amount: { } amount }:
                return Take(amount.MinorUnits, amount.Currency.Code);
            case Restatement restated:
                return Restate(restated);
            default:
                return null;
        }
    }

    private string? Take(long amount, string currency)
    {
        if (Stated is not { } stated)
        {
            return OracleCodes.NoValue;
        }

        if (currency != Currency || amount > stated - given)
        {
            return currency != Currency ? OracleCodes.OtherCurrency : OracleCodes.MoreThanKept;
        }

        given += amount;
        return null;
    }

    private string? Restate(Restatement restated)
    {
        if (restated.Value is { } value)
        {
            if (Stated is not null && value.Currency.Code != Currency)
            {
                return OracleCodes.OtherCurrency;
            }

            if (value.MinorUnits < given)
            {
                return OracleCodes.BelowReturned;
            }

            (Stated, Currency) = (value.MinorUnits, value.Currency.Code);
        }

        Quantity = restated.Quantity ?? Quantity;
        return null;
    }
}
