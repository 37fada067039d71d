using PerfMarketing.Events;

namespace PerfMarketing.Simulation.Oracle;

/// <summary>What corrections leave of an outcome, by the oracle.</summary>
internal sealed class OracleTruth
{
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
        for (int i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].Replaces is not { } replaces)
            {
                sound.Add(sorted[i]);
                continue;
            }

            int place = Array.FindIndex(sorted, c => c.Id == replaces);
            bool fits = place >= 0 && place < i && (sorted[i] is ChargebackWon
                ? sorted[place] is Chargeback
                : sorted[place] is AmountReturn);
            if (fits)
            {
                sound.Add(sorted[i]);
            }
        }

        OracleTruth truth = new(outcome);
        foreach (Correction correction in sound.Where(c => !sound.Exists(x => x.Replaces == c.Id)))
        {
            truth.Apply(correction);
        }

        return truth;
    }

    private void Apply(Correction correction)
    {
        switch (correction)
        {
            case Retraction:
                retracted = true;
                break;
            case AmountReturn back:
                Take(back.Amount.MinorUnits, back.Amount.Currency.Code);
                break;
            case Chargeback { Amount: null }:
                chargedBack = true;
                break;
            case Chargeback { Amount: { } amount }:
                Take(amount.MinorUnits, amount.Currency.Code);
                break;
            case Restatement restated:
                Restate(restated);
                break;
            default:
                break;
        }
    }

    private void Take(long amount, string currency)
    {
        if (Stated is { } stated && currency == Currency && amount <= stated - given)
        {
            given += amount;
        }
    }

    private void Restate(Restatement restated)
    {
        if (restated.Value is { } value)
        {
            if ((Stated is not null && value.Currency.Code != Currency) || value.MinorUnits < given)
            {
                return;
            }

            (Stated, Currency) = (value.MinorUnits, value.Currency.Code);
        }

        Quantity = restated.Quantity ?? Quantity;
    }
}
