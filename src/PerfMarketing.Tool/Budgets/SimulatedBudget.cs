using FluentValidation.Results;
using PerfMarketing.Budgets;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Tool.Budgets;

/// <summary>The file that <c>simulate</c> reads: a budget, its pace, and what a request costs.</summary>
internal sealed record SimulatedBudget : ITerms
{
    /// <summary>The budget of a day.</summary>
    public required Budget Budget { get; init; }

    /// <summary>The zone of its days.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>The zone of the audience, whose days the traffic follows; that of the budget when null.</summary>
    public string? AudienceZone { get; init; }

    /// <summary>What one request costs.</summary>
    public required Money Cost { get; init; }

    /// <summary>What a day may cost; of no currency for a budget that counts outcomes.</summary>
    public Money Limit => Budget.Limit.Amount ?? default;

    /// <summary>How fast it may be used.</summary>
    public PacingTerms Pacing { get; init; } = new();

    /// <summary>Reads the file, with all that is wrong with it.</summary>
    /// <param name="terms">The terms.</param>
    public static SimulatedBudget Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        SimulatedBudget read = new()
        {
            Budget = terms.Object("budget", Budget.Read),
            Zone = terms.Text("zone", "UTC"),
            AudienceZone = terms.OptionalText("audienceZone"),
            Cost = terms.Value<Money>("cost"),
            Pacing = terms.OptionalObject("pacing", PacingTerms.Read) ?? new(),
        };
        if (!ContractZone.TryFind(read.Zone, out _))
        {
            terms.Fail("zone", TimeCodes.ZoneUnknown, "The zone is not an id of the time zone database.");
        }

        if (read.AudienceZone is { } audience && !ContractZone.TryFind(audience, out _))
        {
            terms.Fail("audienceZone", TimeCodes.ZoneUnknown, "The zone is not an id of the time zone database.");
        }

        if (read.Budget is not { } budget)
        {
            return read;
        }

        if (budget.Per != PeriodUnit.Day)
        {
            terms.Fail("budget", SimulationCodes.NotDaily, "A budget is simulated by days.");
        }

        if (read.Cost.MinorUnits <= 0 || read.Cost.Currency != read.Limit.Currency)
        {
            terms.Fail("cost", SimulationCodes.CostInvalid, "A request costs more than zero in the budget's currency.");
        }

        else if (read.Limit.MinorUnits > 0 && read.Limit.MinorUnits < read.Cost.MinorUnits)
        {
            terms.Fail(
                "budget", SimulationCodes.BelowOneRequest, "A day's budget is less than one request costs.");
        }

        Fail(terms, "budget", new BudgetValidator().Validate(budget));
        Fail(terms, "pacing", new PacingTermsValidator().Validate(read.Pacing));
        return read;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Terms("budget", Budget);
        terms.Value("zone", Zone, "UTC");
        terms.Value("audienceZone", AudienceZone);
        terms.Value("cost", Cost);
        terms.Terms("pacing", Pacing);
    }

    private static void Fail(TermReader terms, string name, ValidationResult result)
    {
        foreach (ValidationFailure failure in result.Errors)
        {
            terms.Fail(name, failure.ErrorCode, failure.ErrorMessage);
        }
    }
}
