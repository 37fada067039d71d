using System.Globalization;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Tallies;

namespace PerfMarketing.Payouts.Models;

/// <summary>Prices each commissionable line of an order by its own rate: 40 % of the one, 10 % of the other.</summary>
/// <remarks>
/// <para>
/// P = Σ over lines of the model that the line's rate pays, computed on the line's amount and quantity as if it were
/// the whole outcome. Every payout line names its order line, so that what comes back is taken back at its own rate. A
/// line that no rate fits is priced by <see cref="Otherwise"/>, or by a line <c>no-rate</c> of nothing.
/// </para>
/// <para>
/// An outcome without lines is one line of its value and quantity, whose names are not known. Models that read the
/// tally cannot price one line alone and are refused inside.
/// </para>
/// </remarks>
/// <param name="Rates">The rates, in the order in which they are tried; at least one.</param>
public sealed record ByLine(ValueList<LineRate> Rates) : PayoutModel
{
    /// <summary>The model's name.</summary>
    public const string TagName = "by-line";

    /// <summary>The code of the line of nothing for an order line that no rate fits.</summary>
    public const string NoRateCode = "no-rate";

    /// <summary>The most rates of one model.</summary>
    public const int RateCountMax = 1_000;

    /// <inheritdoc/>
    public override string Tag => TagName;

    /// <summary>Which of several fitting rates prices a line; the first by default.</summary>
    public LineMatch Match { get; init; }

    /// <summary>What a line pays that no rate fits; nothing when null.</summary>
    public PayoutModel? Otherwise { get; init; }

    /// <inheritdoc/>
    public override ValueList<Measure> Measures => [Measure.Value];

    /// <inheritdoc/>
    public override ValueList<PayoutPart> Parts
    {
        get
        {
            List<PayoutPart> parts = new(Rates.Count + 1);
            for (int i = 0; i < Rates.Count; i++)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"{nameof(Rates)}[{i}].Pays");
                parts.Add(new(name, Rates[i].Pays));
            }

            if (Otherwise is not null)
            {
                parts.Add(new(nameof(Otherwise), Otherwise));
            }

            return parts.ToValueList();
        }
    }

    /// <summary>Reads the model's terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="catalog">Where the models' names are looked up.</param>
    public static ByLine Read(TermReader terms, PayoutModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(catalog);
        return new(terms.List("rates", rate => LineRate.Read(rate, catalog)))
        {
            Match = terms.Enum("match", LineMatch.First),
            Otherwise = terms.Has("otherwise") ? catalog.Read(terms, "otherwise") : null,
        };
    }

    /// <inheritdoc/>
    protected override void ComputeCore(in PayoutContext context, PayoutSheet sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        if (context.Lines.Count == 0)
        {
            Price(context, new(null, null, null, context.Quantity, context.Value), sheet);
            return;
        }

        foreach (CommissionableLine line in context.Lines)
        {
            int start = sheet.Lines.Length;
            PayoutContext own = context with
            {
                Value = line.Amount,
                Quantity = line.Quantity,
                Lines = [line],
            };
            Price(own, line, sheet);
            sheet.NameOrderLine(start, line.OrderLine);
        }
    }

    /// <inheritdoc/>
    protected override void WriteCore(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.List("rates", Rates);
        terms.Enum("match", Match, LineMatch.First);
        terms.Terms("otherwise", Otherwise);
    }

    private void Price(in PayoutContext context, CommissionableLine line, PayoutSheet sheet)
    {
        if ((ModelOf(context, line, sheet) ?? Otherwise) is { } model)
        {
            sheet.Apply(model, context);
        }
        else
        {
            sheet.Add(new(NoRateCode, Accrual.Zero(context.Currency)) { Base = line.Amount });
        }
    }

    private PayoutModel? ModelOf(in PayoutContext context, CommissionableLine line, PayoutSheet sheet)
    {
        PayoutModel? found = null;
        Accrual most = default;
        foreach (LineRate rate in Rates)
        {
            if (!rate.Fits(line, context))
            {
                continue;
            }

            if (Match == LineMatch.First)
            {
                return rate.Pays;
            }

            Accrual pays = Try(rate.Pays, context, sheet);
            if (found is null || pays > most)
            {
                (found, most) = (rate.Pays, pays);
            }
        }

        return found;
    }

    private static Accrual Try(PayoutModel model, in PayoutContext context, PayoutSheet sheet)
    {
        int count = sheet.Lines.Length;
        Accrual before = sheet.Total;
        Accrual pays = sheet.Apply(model, context);
        sheet.Truncate(count, before);
        return pays;
    }
}
