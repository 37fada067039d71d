using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;

namespace PerfMarketing.Settlement.Remittances;

/// <summary>What a payee is to be paid now.</summary>
/// <remarks>
/// A pure function: the same statements, terms and earlier remittances give the same plan, in any order. Over all
/// remittances that were neither refused nor came back, a payee never gets more than its statements said was payable,
/// with the taxes of their invoices.
/// </remarks>
/// <param name="Remittance">What is to be recorded and sent; null when nothing is.</param>
/// <param name="Carried">What is payable and waits for the next time; below zero when more is owed back.</param>
/// <param name="Reason">Why nothing is paid; null when something is.</param>
public sealed record RemittancePlan(Remittance? Remittance, Money Carried, Reason? Reason)
{
    private static readonly RemittanceTermsValidator Validator = new();

    /// <summary>
    /// Statements that were paid by another invoice than is given now, or net: the difference is not paid. One
    /// <see cref="RemittanceReasons.InvoiceDiffers"/> for each.
    /// </summary>
    public ValueList<Reason> InvoicesThatDiffer { get; init; } = [];

    /// <summary>Plans the next remittance of a payee.</summary>
    /// <remarks>
    /// A statement is paid when its period is over, its due day has come, the payer has paid where the terms wait for
    /// it, and no remittance holds it that was neither refused nor came back; by its invoice, or net without one. What
    /// a later statement of the contract claims is taken from what is paid again, as far as the payee has not paid it
    /// back; what was taken and paid back too is given back.
    /// When set-off is agreed, what the newest statement of a contract carries as a debt is taken from what others owe;
    /// what was taken and is no longer owed is given back, whether it is still agreed or not.
    /// </remarks>
    /// <param name="terms">The payee's terms.</param>
    /// <param name="statements">
    /// The statements, of any contracts and campaigns; those of others and in other currencies are not paid. Give all
    /// of them: what waited is paid only when its statement is given again. Where partners are paid once the advertiser
    /// has paid for all statements, give those of its other partners, contracts and campaigns too.
    /// </param>
    /// <param name="earlier">The remittances so far.</param>
    /// <param name="asOf">The instant of the decision.</param>
    /// <exception cref="ArgumentException">
    /// The terms are wrong, the book is another payee's, two statements have one name and differ, one is missing, an
    /// invoice is not that of its statement, what was paid back is no amount of its claim, or there are more parts than
    /// <see cref="Remittances.Remittance.PartCountMax"/>.
    /// </exception>
    /// <exception cref="OverflowException">A sum is beyond <see cref="Money.MinorUnitsMax"/>.</exception>
    public static RemittancePlan Of(
        RemittanceTerms terms, IEnumerable<PayableStatement> statements, RemittanceBook earlier, Instant asOf)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(statements);
        ArgumentNullException.ThrowIfNull(earlier);
        ThrowIfWrong(terms);
        if (earlier.Payee != terms.Payee || earlier.Currency != terms.Currency)
        {
            throw new ArgumentException(
                $"The remittances are those of '{earlier.Payee}' in {earlier.Currency}.", nameof(earlier));
        }

        PayableStatement[] closed = ClosedOf(terms, statements, asOf, out var unpaid);
        PayableStatement[] due = [.. closed.Where(d => IsDue(d, unpaid, asOf))];
        RemittanceParts all = new(earlier);
        HashSet<StatementId> remitted =
            [.. earlier.Remitted.Except(due.Where(static d => d.Claims).Select(static d => d.Statement.Id))];
        ValueList<RemittancePart> parts =
        [
            .. due.Where(d => !remitted.Contains(d.Statement.Id))
                .GroupBy(static d => (d.Campaign, d.Statement.Contract)).SelectMany(all.Of),
        ];
        var before = earlier.ToSetOffs();
        var newest = closed.GroupBy(static d => (d.Campaign, d.Statement.Contract))
            .ToDictionary(static g => g.Key, static g => g.Last().Statement.Carried);
        ValueList<RemittancePart> setOffs =
        [
            .. due.GroupBy(static d => (d.Campaign, d.Statement.Contract))
                .Select(contract => SetOffOf(
                    terms,
                    contract.Last(),
                    newest[contract.Key],
                    before.GetValueOrDefault(contract.Key, (Money.Zero(terms.Currency), Instant.MinValue))))
                .OfType<RemittancePart>(),
        ];
        if (parts.Count + setOffs.Count > Remittances.Remittance.PartCountMax)
        {
            throw new ArgumentException("Too many statements for one payment.", nameof(statements));
        }

        return Decide(terms, parts, setOffs, earlier, asOf) with
        {
            InvoicesThatDiffer = [.. all.InvoicesThatDifferIn(closed)],
        };
    }

    // Terms that are wrong, with every reason why.
    internal static void ThrowIfWrong(RemittanceTerms terms)
    {
        if (Validator.Validate(terms) is { IsValid: false } result)
        {
            throw new ArgumentException($"The terms are wrong. {result}", nameof(terms));
        }
    }

    // The payee's closed statements, by contract and time, whether or not they are due.
    private static PayableStatement[] ClosedOf(
        RemittanceTerms terms,
        IEnumerable<PayableStatement> statements,
        Instant asOf,
        out Dictionary<(AdvertiserId, CampaignId, ContractId), Instant> unpaid)
    {
        Dictionary<StatementId, PayableStatement> closed = [];
        unpaid = [];
        foreach (PayableStatement given in statements)
        {
            Statement statement = given?.Statement
                ?? throw new ArgumentException("Each of the statements is given.", nameof(statements));
            NoteUnpaid(given, unpaid);
            if (statement.Partner != terms.Payee || statement.Payable.Currency != terms.Currency
                || !statement.IsClosed || statement.To > asOf)
            {
                continue;
            }

            if (!given.IsInvoiceSound)
            {
                throw new ArgumentException($"The invoice is not that of '{statement.Id}'.", nameof(statements));
            }

            if (!given.IsClaimSound)
            {
                throw new ArgumentException(
                    $"What was paid back is no amount of the claim of '{statement.Id}'.", nameof(statements));
            }

            if (!closed.TryAdd(statement.Id, given) && closed[statement.Id] != given)
            {
                throw new ArgumentException($"Two statements are named '{statement.Id}'.", nameof(statements));
            }
        }

        return
        [
            .. closed.Values.OrderBy(static d => d.Campaign).ThenBy(static d => d.Statement.Contract)
                .ThenBy(static d => d.Statement.To).ThenBy(static d => d.Statement.Id),
        ];
    }

    // The end of the first statement of an advertiser, whoever is paid by it, that is not paid for and that is not paid
    // whether or not it is.
    private static void NoteUnpaid(
        PayableStatement given, Dictionary<(AdvertiserId, CampaignId, ContractId), Instant> unpaid)
    {
        if (given is { IsPayerPaid: false, Statement: { IsClosed: true, Payable.MinorUnits: > 0 } statement }
            && statement.Exposure != PaymentExposure.Independent
            && (!unpaid.TryGetValue(given.Debtor, out Instant first) || statement.To < first))
        {
            unpaid[given.Debtor] = statement.To;
        }
    }

    // Where all must be paid, partners wait from the first statement on that the advertiser has not paid for.
    private static bool IsDue(
        PayableStatement given,
        Dictionary<(AdvertiserId, CampaignId, ContractId), Instant> unpaid,
        Instant asOf)
    {
        if (given.Statement is { Payable.MinorUnits: 0 })
        {
            return true;
        }

        bool waits = unpaid.TryGetValue(given.Debtor, out Instant first) && first <= given.Statement.To;
        return given.PayFrom <= asOf && given.Statement.Exposure switch
        {
            PaymentExposure.Independent => true,
            PaymentExposure.ThisInvoice => given.IsPayerPaid,
            _ => !waits,
        };
    }

    // What the newest statement that is due changes in what is set off; null when nothing. What was taken is given back
    // with the statement that earned it back; but what is earned back by one that is not due yet is not taken any more.
    // What was given back of what was taken by a payment that came back is taken again, also when it is not agreed.
    private static RemittancePart? SetOffOf(
        RemittanceTerms terms, PayableStatement newest, Money carried, (Money Amount, Instant Through) before)
    {
        Money none = Money.Zero(terms.Currency);
        Money change = Money.Min(newest.Statement.Carried, none) - before.Amount;
        if (change < none)
        {
            Money owed = Money.Min(Money.Max(newest.Statement.Carried, carried), none);
            change = Money.Min((terms.SetsOff ? owed : none) - before.Amount, none);
        }

        return newest.Statement.To < before.Through || change == none ? null : PartOf(newest, change);
    }

    internal static RemittancePart PartOf(PayableStatement given, Money amount) =>
        new(given.Campaign, given.Statement.Contract, given.Statement.Id, given.Statement.To, amount);

    private static RemittancePlan Decide(
        RemittanceTerms terms,
        ValueList<RemittancePart> parts,
        ValueList<RemittancePart> setOffs,
        RemittanceBook earlier,
        Instant asOf)
    {
        Money none = Money.Zero(terms.Currency);
        Money total = Remittances.Remittance.SumOf(parts.Concat(setOffs), terms.Currency);
        ChargedFee? fee = total > none ? terms.Fee?.On(total, earlier.FreeUsed) : null;
        Money amount = fee is { Bearer: FeeBearer.Payee } ? total - fee.Amount : total;
        bool isNothing = parts.Count + setOffs.Count == 0;
        Reason? reason =
            isNothing ? new(RemittanceReasons.NothingPayable)
            : total == none ? null
            : total < none ? Primitives.Reason.Of(RemittanceReasons.OwedBack, ("total", total))
            : terms.Minimum is { } minimum && total < minimum
                ? Primitives.Reason.Of(RemittanceReasons.BelowMinimum, ("total", total), ("minimum", minimum))
            : amount <= none ? Primitives.Reason.Of(RemittanceReasons.BelowFee, ("total", total), ("fee", fee!.Amount))
            : null;
        if (reason is not null)
        {
            return new(null, total, reason);
        }

        long number = earlier.Remittances.Count + 1;
        return new(
            new()
            {
                OutcomeId = default,
                DecidedAt = asOf,
                Id = Remittances.Remittance.IdOf(
                    terms.Payee, terms.Currency, number, parts.Concat(setOffs).Select(static p => p.Statement)),
                Payee = terms.Payee,
                Number = number,
                Parts = parts,
                SetOffs = setOffs,
                Total = total,
                Fee = fee,
                Amount = amount,
            },
            none,
            null);
    }
}
