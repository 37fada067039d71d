using System.Globalization;
using FluentValidation;
using FluentValidation.Results;
using PerfMarketing.Events;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;

namespace PerfMarketing.Payouts.Validation;

/// <summary>Says what is wrong with a <see cref="ByLine"/>; the models inside are validated by the catalog.</summary>
public sealed class ByLineValidator : AbstractValidator<ByLine>
{
    /// <summary>Sets up the rules.</summary>
    public ByLineValidator()
    {
        RuleFor(static m => m.Rates.Count).InclusiveBetween(1, ByLine.RateCountMax)
            .OverridePropertyName(nameof(ByLine.Rates))
            .WithErrorCode(PayoutCodes.LineRateCount).WithMessage($"There are 1 to {ByLine.RateCountMax} rates.");
        RuleForEach(static m => m.Rates)
            .Must(static r => r.When is not null || r.Skus.Count + r.Categories.Count + r.Brands.Count > 0)
            .WithErrorCode(PayoutCodes.LineRateUnnamed)
            .WithMessage("A rate names articles, categories, brands or a condition; otherwise pays the rest.");
        RuleForEach(static m => m.Rates)
            .Must(static r => IsShort(r.Skus) && IsShort(r.Categories) && IsShort(r.Brands))
            .WithErrorCode(PayoutCodes.LineNameCount)
            .WithMessage($"A list has at most {LineRate.NameCountMax} names, each once.");
    }

    /// <summary>Says which names cannot be a line's, and which models cannot price one line.</summary>
    /// <param name="context">What is validated.</param>
    /// <param name="result">Where failures go.</param>
    protected override bool PreValidate(ValidationContext<ByLine> context, ValidationResult result)
    {
        ArgumentNullException.ThrowIfNull(context);
        ByLine model = context.InstanceToValidate;
        for (int i = 0; i < model.Rates.Count; i++)
        {
            LineRate rate = model.Rates[i];
            string path = string.Create(CultureInfo.InvariantCulture, $"{nameof(ByLine.Rates)}[{i}]");
            CheckNames(rate.Skus, $"{path}.{nameof(LineRate.Skus)}", context.AddFailure);
            CheckNames(rate.Categories, $"{path}.{nameof(LineRate.Categories)}", context.AddFailure);
            CheckNames(rate.Brands, $"{path}.{nameof(LineRate.Brands)}", context.AddFailure);
            foreach (ValidationFailure failure in rate.When is { } when
                ? ConditionFailures.Of(when, $"{path}.{nameof(LineRate.When)}")
                : [])
            {
                context.AddFailure(failure);
            }
        }

        foreach (PayoutPart part in model.Parts)
        {
            if (part.Model is { UsesTally: true })
            {
                const string Message = "A model that reads the tally cannot price one line of an order.";
                context.AddFailure(
                    new ValidationFailure(part.Name, Message) { ErrorCode = PayoutCodes.LineTally });
            }
        }

        return true;
    }

    private static void CheckNames(ValueList<string> names, string path, Action<ValidationFailure> add)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (!OrderLine.IsText(names[i]))
            {
                string place = string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]");
                string message = $"A name has 1 to {OrderLine.TextLengthMax} characters.";
                add(new(place, message) { ErrorCode = PayoutCodes.LineName });
            }
        }
    }

    private static bool IsShort(ValueList<string> names) =>
        names.Count <= LineRate.NameCountMax && names.Distinct(StringComparer.Ordinal).Count() == names.Count;
}
