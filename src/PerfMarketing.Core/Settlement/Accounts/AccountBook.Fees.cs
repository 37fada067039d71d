using PerfMarketing.Contracts;

namespace PerfMarketing.Settlement.Accounts;

/// <content>What the platform is owed on top of what partners are.</content>
public sealed partial class AccountBook
{
    // The fee of an earning follows what stands of it, by the terms that last priced it. Its account is what is
    // accrued, rounded: what comes back takes exactly what it had brought, and no rounding adds up.
    private void Charge(Holding holding, EarningLot lot, LedgerEntry entry)
    {
        if (lot.Origin.IsGross && campaign.FindContract(entry.Contract, entry.Version) is { } contract)
        {
            decimal fee = FeeOf(contract, lot.Net);
            holding.FeeAccrued += fee - lot.Fee;
            lot.Fee = fee;
        }

        ChargeAccrued(holding);
    }

    private void Charge(Holding holding, Expected old, Expected next)
    {
        holding.FeeAccrued += FeeOf(next) - FeeOf(old);
        ChargeAccrued(holding);
    }

    private decimal FeeOf(Expected expected) =>
        campaign.FindContract(expected.Contract, expected.Version) is { } contract
            ? FeeOf(contract, expected.Amount.MinorUnits)
            : 0;

    private static decimal FeeOf(Contract contract, long amount) => amount * (contract.PlatformFee?.Fraction ?? 0);

    private void ChargeAccrued(Holding holding)
    {
        long due = (long)decimal.Round(holding.FeeAccrued, 0, MidpointRounding.AwayFromZero);
        if (due != holding[AccountKind.PlatformFee])
        {
            moves.Move(AccountKind.AdvertiserDue, AccountKind.PlatformFee, due - holding[AccountKind.PlatformFee]);
        }
    }
}
