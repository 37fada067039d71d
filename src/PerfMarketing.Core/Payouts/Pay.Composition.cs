using PerfMarketing.Events.Conditions;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Payouts;

/// <content>Models made of other models.</content>
public static partial class Pay
{
    /// <summary>The payouts of several models together.</summary>
    /// <param name="models">The models, at least one.</param>
    public static PayoutModel Sum(params ReadOnlySpan<PayoutModel> models) => new Sum(ValueList.Create(models));

    /// <summary>Of several models the one that pays most for the outcome, in money.</summary>
    /// <param name="models">The models, at least one.</param>
    public static PayoutModel BestOf(params ReadOnlySpan<PayoutModel> models) => new BestOf(ValueList.Create(models));

    /// <summary>One case of <see cref="FirstMatch"/>.</summary>
    /// <param name="when">The condition.</param>
    /// <param name="pays">What is paid when it holds.</param>
    public static MatchCase Case(Condition when, PayoutModel pays) => new(when, pays);

    /// <summary>Pays by the first case whose condition holds; nothing when none does.</summary>
    /// <param name="cases">The cases, in the order in which they are asked.</param>
    public static FirstMatch FirstMatch(params ReadOnlySpan<MatchCase> cases) => new(ValueList.Create(cases));

    /// <summary>This model, with what is paid when no condition holds.</summary>
    /// <param name="model">The cases.</param>
    /// <param name="pays">What is paid otherwise.</param>
    public static PayoutModel Otherwise(this FirstMatch model, PayoutModel pays)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model with { Otherwise = pays };
    }

    /// <summary>This model's payout, but at most so much for one whole outcome.</summary>
    /// <param name="model">The model that is capped.</param>
    /// <param name="cap">The most that one whole outcome pays; above zero.</param>
    public static PayoutModel CappedAt(this PayoutModel model, Money cap) => new Capped(model, cap);

    /// <summary>This model's payout, but at least so much for one whole outcome that pays anything.</summary>
    /// <param name="model">The model that is raised.</param>
    /// <param name="floor">The least that one whole outcome pays; above zero.</param>
    public static PayoutModel FlooredAt(this PayoutModel model, Money floor) => new Floored(model, floor);

    /// <summary>This model's payout times a number.</summary>
    /// <param name="model">The model whose payout is multiplied.</param>
    /// <param name="factor">The number, above zero: 2 doubles, 0.5 halves.</param>
    public static PayoutModel Times(this PayoutModel model, decimal factor) => new Multiplied(model, factor);

    /// <summary>This model's payout and a percentage of it: 6 % increased by 33.50 % is 8.01 %.</summary>
    /// <param name="model">The model whose payout is increased.</param>
    /// <param name="by">The percentage of the payout that is added.</param>
    public static PayoutModel IncreasedBy(this PayoutModel model, Percentage by) =>
        new Multiplied(model, 1 + by.Fraction);

    /// <summary>This model's payout and another's.</summary>
    /// <param name="model">One model, or a sum that grows.</param>
    /// <param name="other">The other model.</param>
    public static PayoutModel Plus(this PayoutModel model, PayoutModel other) =>
        model is Sum sum ? new Sum(sum.Models.Add(other)) : new Sum([model, other]);

    /// <summary>This model's payout, payable in instalments; stands around everything else.</summary>
    /// <param name="model">The model whose payout is spread.</param>
    /// <param name="instalments">Into how many parts.</param>
    /// <param name="every">The time from one part to the next: day, week, month, quarter or year.</param>
    /// <param name="delay">After how many such times the first part is payable.</param>
    public static PayoutModel DrippedOver(
        this PayoutModel model, int instalments, PeriodUnit every = PeriodUnit.Month, int delay = 0) =>
        new Drip(model, instalments, every, delay);

    /// <summary>
    /// This model's payout for a customer's first outcomes, for some months from the first, or for ever.
    /// </summary>
    /// <param name="model">The model that pays.</param>
    /// <param name="first">
    /// How many outcomes of a customer are paid; null means that their number does not matter.
    /// </param>
    /// <param name="months">For how many months from the first earning; null means that time does not matter.</param>
    public static PayoutModel Recurring(this PayoutModel model, int? first = null, int? months = null) =>
        new Recurring(model) { First = first, Months = months };
}
