"""FastAPI with SQLModel, after its tutorial: a database in a file, CRUD, a page of it."""

from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlmodel import Field, Relationship, Session, SQLModel, create_engine, select


class TeamBase(SQLModel):
    name: str = Field(index=True, unique=True)


class Team(TeamBase, table=True):
    id: int | None = Field(default=None, primary_key=True)
    heroes: list["Hero"] = Relationship(back_populates="team")


class HeroBase(SQLModel):
    name: str = Field(index=True, min_length=2)
    age: int | None = None
    team_id: int | None = Field(default=None, foreign_key="team.id")


class Hero(HeroBase, table=True):
    id: int | None = Field(default=None, primary_key=True)
    team: Team | None = Relationship(back_populates="heroes")


class HeroPublic(HeroBase):
    id: int


class HeroUpdate(SQLModel):
    name: str | None = None
    age: int | None = None


engine = create_engine("sqlite:///heroes.db", connect_args={"check_same_thread": False})


def get_session():
    with Session(engine) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session)]


@asynccontextmanager
async def lifespan(app):
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Team(name="Preventers"))
        session.commit()
    yield


app = FastAPI(lifespan=lifespan)


@app.get("/", response_class=HTMLResponse)
def index(request: Request, session: SessionDep):
    rows = session.exec(select(Hero, Team).join(Team).order_by(Hero.name)).all()
    items = "".join(f"<li>{hero.name} of the {team.name}</li>" for hero, team in rows)
    action = request.url_for("submit")
    return f"""<!doctype html><title>Heroes</title><h1>Heroes</h1><ul>{items}</ul>
<form method="post" action="{action}"><input name="name" aria-label="Name">
<button>Add</button></form>"""


@app.post("/submit")
def submit(name: Annotated[str, Form()], session: SessionDep):
    team = session.exec(select(Team)).one()
    team.heroes.append(Hero(name=name))
    session.add(team)
    session.commit()
    return RedirectResponse("/", 303)


@app.post("/heroes/", response_model=HeroPublic, status_code=201)
def create_hero(hero: HeroBase, session: SessionDep):
    row = Hero.model_validate(hero)
    session.add(row)
    session.commit()
    session.refresh(row)
    return row


@app.get("/heroes/", response_model=list[HeroPublic])
def read_heroes(session: SessionDep, offset: int = 0, limit: Annotated[int, Query(le=100)] = 100):
    return session.exec(select(Hero).offset(offset).limit(limit)).all()


def existing(hero_id: int, session: SessionDep):
    hero = session.get(Hero, hero_id)
    if hero is None:
        raise HTTPException(404, "Hero not found")
    return hero


HeroDep = Annotated[Hero, Depends(existing)]


@app.patch("/heroes/{hero_id}", response_model=HeroPublic)
def update_hero(hero: HeroDep, changes: HeroUpdate, session: SessionDep):
    hero.sqlmodel_update(changes.model_dump(exclude_unset=True))
    session.add(hero)
    session.commit()
    session.refresh(hero)
    return hero


@app.delete("/heroes/{hero_id}", status_code=204)
def delete_hero(hero: HeroDep, session: SessionDep):
    session.delete(hero)
    session.commit()
